/** The texts of messages to people that a definition brings: by id, in Chinese, and in English where there is one. */
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Files } from '../files.ts';
import { NamedList } from '../named-list.tsx';
import { useStudioWords } from '../studio-words.tsx';
import { placeholdersIn, placeholdersInOne } from './placeholders.ts';

type Texts = NonNullable<Files['messages']>;
type Template = Texts[string];
type Text = Template['zh'];

const empty: Text = { subject: '', body: '' };

export interface TextsProps {
  files: Files;
  change(files: (before: Files) => Files): void;
}

export function MessageTexts({ files, change }: TextsProps) {
  const { t } = useStudioWords();
  const texts = files.messages ?? {};
  const ids = Object.keys(texts);
  const [chosen, setChosen] = useState(ids[0]);
  const template = chosen === undefined ? undefined : texts[chosen];
  const set = (messages: (before: Texts) => Texts) =>
    change((before) => ({ ...before, messages: messages(before.messages ?? {}) }));
  const remove = (id: string) => {
    set(({ [id]: _, ...others }) => others);
    setChosen(ids.find((one) => one !== id));
  };
  return (
    <div className="file-tabs">
      <NamedList
        ids={ids}
        chosen={chosen}
        choose={setChosen}
        pattern={/^[a-z0-9][a-z0-9-]{0,99}$/}
        add={(id) => set((before) => ({ ...before, [id]: { zh: empty } }))}
        words={{
          title: t('studio.texts'),
          empty: t('texts.empty'),
          id: t('texts.id'),
          hint: t('texts.idHint'),
          add: t('texts.add'),
        }}
      />
      <section aria-label={chosen} className="texts">
        <p className="soft">{t('texts.hint')}</p>
        {chosen !== undefined && template && (
          <OneTemplate
            key={chosen}
            template={template}
            change={(next) => set((before) => ({ ...before, [chosen]: next }))}
            remove={() => remove(chosen)}
          />
        )}
      </section>
    </div>
  );
}

interface OneTemplateProps {
  template: Template;
  change(template: Template): void;
  remove(): void;
}

function OneTemplate({ template, change, remove }: OneTemplateProps) {
  const { t, listed } = useStudioWords();
  const { zh, en } = template;
  const whole = ({ subject, body }: Text) => `${subject} ${body}`;
  const names = placeholdersIn(whole(zh));
  const differing = en ? placeholdersInOne(whole(zh), whole(en)) : [];
  const changeEnglish = (text: Text) => change(text.subject === '' && text.body === '' ? { zh } : { zh, en: text });
  return (
    <>
      <div className="languages">
        <OneText language="zh" text={zh} change={(text) => change({ ...template, zh: text })} />
        <OneText language="en" text={en ?? empty} change={changeEnglish} />
      </div>
      {names.length > 0 && <p className="soft">{t('texts.placeholders', { names: listed(names) })}</p>}
      {differing.length > 0 && (
        <Alert type="warning" showIcon title={t('texts.differing', { names: listed(differing) })} />
      )}
      <div className="acts">
        <Button danger onClick={remove}>
          {t('texts.remove')}
        </Button>
      </div>
    </>
  );
}

interface OneTextProps {
  language: 'zh' | 'en';
  text: Text;
  change(text: Text): void;
}

function OneText({ language, text, change }: OneTextProps) {
  const { t } = useStudioWords();
  const id = useId();
  const missing = (part: string) =>
    (language === 'zh' || text.subject !== '' || text.body !== '') && part.trim() === '';
  return (
    <div className="text-fields">
      <label htmlFor={`${id}-subject`}>{t(`texts.subject.${language}`)}</label>
      <Input
        id={`${id}-subject`}
        maxLength={200}
        value={text.subject}
        status={missing(text.subject) ? 'error' : ''}
        onChange={({ target }) => change({ ...text, subject: target.value })}
      />
      <label htmlFor={`${id}-body`}>{t(`texts.body.${language}`)}</label>
      <Input.TextArea
        id={`${id}-body`}
        rows={8}
        maxLength={4000}
        showCount
        className="with-count"
        value={text.body}
        status={missing(text.body) ? 'error' : ''}
        onChange={({ target }) => change({ ...text, body: target.value })}
      />
      {missing(text.subject) || missing(text.body) ? <p className="bad">{t('texts.missing')}</p> : null}
    </div>
  );
}
