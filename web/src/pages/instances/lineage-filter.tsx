/** Says that a list shows what one instance led to, and leads back to all instances. Links elsewhere set the filter. */
import { Button } from 'antd';
import { Link } from 'react-router';
import { casePath } from '../../parts/case-path.ts';
import { useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';

export function LineageFilter() {
  const { t } = useWords();
  const [root, setRoot] = useParameter('root');
  if (root === undefined) return null;
  return (
    <p className="lineage">
      <span>
        {t('instances.lineageOf')} <Link to={casePath(root)}>{root}</Link>
      </span>{' '}
      <Button size="small" onClick={() => setRoot(undefined)}>
        {t('instances.lineageClear')}
      </Button>
    </p>
  );
}
