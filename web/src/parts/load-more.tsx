/** The button under a list that has more pages. */
import { Button } from 'antd';
import { useWords } from '../words/index.ts';

export interface PagedList {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): Promise<unknown>;
}

export function LoadMore({ list }: { list: PagedList }) {
  const { t } = useWords();
  if (!list.hasNextPage) return null;
  return (
    <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {t('common.more')}
    </Button>
  );
}
