/** Views that the person has saved: an address under a name. */
import { useQuery } from '@tanstack/react-query';
import { App, Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, bodyOf } from '../../api/client.ts';
import { viewsQuery } from '../../api/queries.ts';
import { useAct } from '../../parts/use-act.ts';
import { useWords } from '../../words/index.ts';
import { queryOf } from './inbox-address.ts';

const page = 'inbox';

export function ViewsMenu() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [search] = useSearchParams();
  const { data: views } = useQuery(viewsQuery(page));
  const current = views?.items.find(({ query }) => query === queryOf(search));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('inbox.views')}
      open={open}
      onOpenChange={setOpen}
      content={<Views close={() => setOpen(false)} />}
    >
      <Button>{current?.name ?? t('inbox.views')}</Button>
    </Popover>
  );
}

function Views({ close }: { close(): void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [search] = useSearchParams();
  const { data: views } = useQuery(viewsQuery(page));
  const [name, setName] = useState('');
  const save = useAct(
    (body: { page: string; name: string; query: string }, key: string) => {
      const known = views?.items.find((one) => one.name === body.name);
      return bodyOf(api.PUT('/api/views/{id}', { params: { path: { id: known?.id ?? key } }, body }));
    },
    { stale: ['views'], onDone: () => setName('') },
  );
  const remove = useAct((id: string) => bodyOf(api.DELETE('/api/views/{id}', { params: { path: { id } } })), {
    stale: ['views'],
  });
  const share = async () => {
    await navigator.clipboard.writeText(location.href);
    void message.success(t('inbox.views.copied'));
  };
  return (
    <div className="views">
      {views?.items.length === 0 && <p className="soft">{t('inbox.views.none')}</p>}
      <ul>
        {views?.items.map((one) => (
          <li key={one.id}>
            <Link to={`/?${one.query}`} onClick={close}>
              {one.name}
            </Link>
            <Button
              size="small"
              type="text"
              aria-label={t('inbox.views.remove', { name: one.name })}
              onClick={() => remove.mutate(one.id)}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate({ page, name: name.trim(), query: queryOf(search) });
        }}
      >
        <Space.Compact block>
          <Input
            aria-label={t('inbox.views.name')}
            placeholder={t('inbox.views.name')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button htmlType="submit" type="primary" loading={save.isPending}>
            {t('inbox.views.save')}
          </Button>
        </Space.Compact>
      </form>
      {window.isSecureContext && (
        <Button type="link" onClick={() => void share()}>
          {t('inbox.views.copy')}
        </Button>
      )}
    </div>
  );
}
