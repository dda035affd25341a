/** The keys of the list, as a dialog. */
import { Modal } from 'antd';
import { useWords } from '../../words/index.ts';

const shortcuts = ['j', 'k', 'enter', 'c', 'e', 'x', 'slash', 'help'] as const;
const shown: Record<(typeof shortcuts)[number], string> = {
  j: 'j ↓',
  k: 'k ↑',
  enter: 'Enter',
  c: 'c',
  e: 'e',
  x: 'x',
  slash: '/',
  help: '?',
};

export function KeysDialog({ open, close }: { open: boolean; close(): void }) {
  const { t } = useWords();
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('inbox.keys')} width={420}>
      <dl className="shortcuts">
        {shortcuts.map((one) => (
          <div key={one}>
            <dt>
              <kbd>{shown[one]}</kbd>
            </dt>
            <dd>{t(`inbox.key.${one}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
