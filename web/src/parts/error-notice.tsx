/** What went wrong, what to do, and the number under which operators find it. */
import { Alert, Button } from 'antd';
import { Refused } from '../api/client.ts';
import { useWords } from '../words/index.ts';

export function ErrorNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useWords();
  const { title, hint, id } = useErrorWords()(error);
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={
        (hint || id) && (
          <>
            {hint}
            {id && <div className="soft">{t('common.requestId', { id })}</div>}
          </>
        )
      }
      action={retry && <Button onClick={retry}>{t('common.retry')}</Button>}
    />
  );
}

/** The words of an error, for notices and messages. */
export function useErrorWords(): (error: unknown) => {
  title: string;
  hint?: string | undefined;
  id?: string | undefined;
} {
  const { t, language } = useWords();
  return (error) => {
    if (!(error instanceof Refused))
      return { title: t('error.unexpected'), hint: error instanceof Error ? error.message : String(error) };
    const { problem, status } = error;
    if (!problem)
      return status === 0 ? { title: t('error.offline') } : { title: t('error.unexpected'), hint: `HTTP ${status}` };
    const words = 'words' in problem ? (problem['words'] as Record<'zh' | 'en', string> | undefined) : undefined;
    if (words) return { title: words[language], id: problem.instance };
    return { title: problem.detail, hint: problem.hint, id: problem.instance };
  };
}
