/** What is drawn in a slot of a form: its label as form-js draws labels, the field of the console, what is wrong. */
import { useId } from 'react';
import { FileField } from '../parts/files/file-field.tsx';
import type { UploadPlace } from '../parts/files/upload.ts';
import { useWords } from '../words/index.ts';
import type { Slot, Slots } from './form-slots.ts';
import { PatientField } from './patient-field.tsx';

export interface SlotContentProps {
  slot: Slot;
  slots: Slots;
  place: UploadPlace | undefined;
  facility: string | undefined;
  /** Writes another field of the form. */
  fill(key: string, value: unknown): void;
}

export function SlotContent({ slot, slots, place, facility, fill }: SlotContentProps) {
  const { t } = useWords();
  const labelId = useId();
  const { field, value, errors = [], onChange } = slot;
  const writable = !slot.disabled && !slot.readonly;
  return (
    <fieldset aria-labelledby={labelId} className={`bare${errors.length > 0 ? ' fjs-has-errors' : ''}`}>
      <span className="fjs-form-field-label" id={labelId}>
        {field.label}
        {field.validate?.required && (
          <span className="fjs-asterix" aria-hidden>
            *
          </span>
        )}
      </span>
      {field.type === 'patientpicker' ? (
        <PatientField
          column={field.key ?? ''}
          labelledBy={labelId}
          value={typeof value === 'string' ? value : ''}
          facility={facility ?? ''}
          disabled={!writable || facility === undefined}
          onChange={(number) => onChange({ value: number })}
          onChosen={(name) => field.properties?.['patient'] && fill(field.properties['patient'], name)}
        />
      ) : (
        <FileField
          labelledBy={labelId}
          value={idsIn(value)}
          place={writable ? place : undefined}
          accept={field.accept}
          multiple={field.multiple !== undefined && field.multiple !== false}
          onChange={(ids) => onChange({ value: ids.length > 0 ? ids : null })}
          onBusy={(busy) => {
            if (busy) slots.pending.set(field.id, t('files.busy'));
            else slots.pending.delete(field.id);
          }}
        />
      )}
      {field.description && <div className="fjs-form-field-description">{field.description}</div>}
      {errors.length > 0 && (
        <div className="fjs-form-field-error" role="alert">
          {errors.join(' ')}
        </div>
      )}
    </fieldset>
  );
}

const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
