/** A link by which somebody sets a password, shown once. The token stands after `#`: it is sent to no server when the page is opened. */
import { Alert, App, Button, Input, Modal } from 'antd';
import type { components } from '../../../../generated/api.d.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';

export interface PasswordLinkDialogProps {
  link: components['schemas']['PasswordLink'];
  name: string;
  close(): void;
}

export function PasswordLinkDialog({ link, name, close }: PasswordLinkDialogProps) {
  const { t, language } = useWords();
  const { message } = App.useApp();
  const address = `${location.origin}/password#${link.token}`;
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => void message.success(t('staff.copied')),
      () => void message.info(t('staff.copyByHand')),
    );
  return (
    <Modal
      open
      title={t('staff.linkTitle', { name })}
      onCancel={close}
      footer={<Button onClick={close}>{t('common.close')}</Button>}
      mask={{ closable: false }}
    >
      <div className="dialog-form">
        <Alert type="warning" showIcon title={t('staff.linkOnce')} />
        <Input.TextArea aria-label={t('staff.link')} readOnly rows={3} value={address} className="password-link" />
        <Button type="primary" onClick={() => void copy()}>
          {t('staff.copy')}
        </Button>
        <p className="soft">{t('staff.linkUntil', { time: instantInWords(link.expiresAt, { language }) })}</p>
      </div>
    </Modal>
  );
}
