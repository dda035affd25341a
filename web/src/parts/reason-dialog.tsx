/** Asks for the reason of an act that others will read. */
import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/index.ts';

export interface ReasonDialogProps {
  title: string;
  hint?: string;
  busy: boolean;
  close(): void;
  confirm(reason: string): void;
  /** What is to be known before. */
  children?: ReactNode;
}

export function ReasonDialog({ title, hint, busy, close, confirm, children }: ReasonDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = () => (reason.trim() === '' ? setMissing(true) : confirm(reason.trim()));
  return (
    <Modal
      open
      title={title}
      confirmLoading={busy}
      onCancel={close}
      onOk={submit}
      okText={t('common.confirm')}
      cancelText={t('common.cancel')}
    >
      {hint && <p className="dialog-hint">{hint}</p>}
      {children}
      <Input.TextArea
        aria-label={t('common.reason')}
        placeholder={t('common.reason')}
        rows={3}
        maxLength={500}
        showCount
        className="with-count"
        autoFocus
        value={reason}
        status={missing ? 'error' : ''}
        onChange={(event) => setReason(event.target.value)}
      />
      {missing && <p className="bad">{t('common.reasonNeeded')}</p>}
    </Modal>
  );
}
