export const files = {
  'files.title': 'Files',
  'files.choose': 'Choose files',
  'files.photograph': 'Take a photo',
  'files.orDrop': 'or drag files here',
  'files.limit': 'Up to {mb} MB per file. Photos, audio, PDF and office documents. ',
  'files.unchanged': 'Photos keep their original metadata, including time and location.',
  'files.progress': 'Uploading {name}',
  'files.drop': 'Remove {name}',
  'files.gone': 'Content deleted (retention period over)',
  'files.unknown': 'This file is no longer available. Remove it and upload it again.',
  'files.busy': 'Uploads are still in progress. Wait for them to finish, or retry or remove the failed ones.',
  'files.uploaded': '{name}, {time}',
} as const;
