/** A file of patients, visits or purchases: tried first, every wrong cell shown, then written. Below it what waits for unknown patients. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented } from 'antd';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { parkedEventsQuery } from '../../api/patient-queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useAct } from '../../parts/use-act.ts';
import { useFacilityName } from '../../parts/zone.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import '../calls/calls.css';
import './patients.css';

const kinds = ['patients', 'visits', 'purchases'] as const;

interface ImportFile {
  format: 'csv' | 'xlsx';
  content: string;
}

/** A workbook is an archive, whatever it is called; it begins with the letters PK. */
async function readFile(file: File): Promise<ImportFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return { format: 'csv', content: await file.text() };
  return { format: 'xlsx', content: base64Of(bytes) };
}

/** In parts: the arguments of a call are limited. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export function PatientImport() {
  const { t, pick, named } = useWords();
  const { facilities } = usePerson();
  const [kind, setKind] = useState<(typeof kinds)[number]>('patients');
  const [facility, setFacility] = useState(facilities[0]?.code ?? '');
  const [file, setFile] = useState<ImportFile>();
  const act = useAct(
    ({ dryRun }: { dryRun: boolean }, key: string) =>
      bodyOf(
        api.POST('/api/patient-imports', {
          params: { header: { 'Idempotency-Key': key } },
          body: { kind, facility, format: file?.format ?? 'csv', content: file?.content ?? '', dryRun },
        }),
      ),
    { stale: ['patients', 'parked-events'] },
  );
  const report = act.data;
  const isTried = report?.dryRun === true && report.errors.length === 0;
  const take = async (chosen: File | undefined) => {
    act.reset();
    setFile(chosen && (await readFile(chosen)));
  };
  return (
    <>
      <div className="heading">
        <h1>{t('patients.import')}</h1>
      </div>
      <section className="panel import-form">
        <div className="row">
          <Segmented
            aria-label={t('patients.importKind')}
            value={kind}
            onChange={(value) => {
              act.reset();
              setKind(value);
            }}
            options={kinds.map((value) => ({ value, label: t(`patients.import.${value}`) }))}
          />
          <Choice
            label={t('patients.facility')}
            value={facility}
            onChange={(value) => {
              act.reset();
              setFacility(value);
            }}
            options={facilities.map((one) => ({ value: one.code, label: named(one) }))}
          />
        </div>
        <p className="soft">{t(`patients.columns.${kind}`)}</p>
        <input
          type="file"
          accept=".xlsx,.csv,text/csv"
          aria-label={t('patients.file')}
          onChange={(event) => void take(event.target.files?.[0])}
        />
        <div className="row">
          <Button
            {...(isTried ? {} : { type: 'primary' as const })}
            disabled={!file || (act.isPending && !act.variables.dryRun)}
            loading={act.isPending && act.variables.dryRun}
            onClick={() => act.mutate({ dryRun: true })}
          >
            {t('patients.try')}
          </Button>
          <Button
            type="primary"
            disabled={!isTried}
            loading={act.isPending && !act.variables.dryRun}
            onClick={() => act.mutate({ dryRun: false })}
          >
            {t('patients.write')}
          </Button>
        </div>
        {report && report.errors.length === 0 && (
          <Alert
            type="success"
            showIcon
            title={
              report.dryRun
                ? t('patients.tried', { n: report.rows })
                : t('patients.written', { n: report.imported, parked: report.parked })
            }
          />
        )}
        {report && report.errors.length > 0 && (
          <Alert
            type="error"
            showIcon
            title={t('patients.wrongCells', { n: report.errors.length })}
            description={
              <ul>
                {report.errors.map((one) => (
                  <li key={`${one.line} ${one.column ?? ''} ${one.zh}`}>
                    {t('patients.cell', { line: one.line, column: one.column ?? '' })} {pick(one)}
                  </li>
                ))}
              </ul>
            }
          />
        )}
      </section>
      <Parked />
    </>
  );
}

function Parked() {
  const { t, language } = useWords();
  const facilityName = useFacilityName();
  const { data } = useQuery(parkedEventsQuery(undefined));
  if (!data) return null;
  return (
    <section className="panel">
      <h2>{t('patients.parked')}</h2>
      {data.items.length === 0 && <p className="soft note">{t('patients.noParked')}</p>}
      <ul className="touch-list">
        {data.items.map((one) => (
          <li key={one.id}>
            <span className="strong">
              {one.patient} · {t(`patients.event.${one.type}`)}
            </span>
            <span className="soft">
              {facilityName(one.facility)} · {one.source} · {instantInWords(one.occurredAt, { language })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
