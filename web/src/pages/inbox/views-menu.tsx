/** Views that the person has saved: an address under a name. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, bodyOf, newIdempotencyKey } from '../../api/client.ts';
import { viewsQuery } from '../../api/queries.ts';
import { useErrorWords } from '../../parts/error-notice.tsx';
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
  const wordsOf = useErrorWords();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { data: views } = useQuery(viewsQuery(page));
  const [name, setName] = useState('');
  const settled = {
    onSuccess: () => client.invalidateQueries(viewsQuery(page)),
    onError: (error: unknown) => void message.error(wordsOf(error).title),
  };
  const save = useMutation({
    mutationFn: async () => {
      const known = views?.items.find((one) => one.name === name.trim());
      const id = known?.id ?? newIdempotencyKey();
      const body = { page, name: name.trim(), query: queryOf(search) };
      await bodyOf(api.PUT('/api/views/{id}', { params: { path: { id } }, body }));
      setName('');
    },
    ...settled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => bodyOf(api.DELETE('/api/views/{id}', { params: { path: { id } } })),
    ...settled,
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
          if (name.trim()) save.mutate();
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
