export const files = {
  'files.title': 'Files',
  'files.choose': 'Choose files',
  'files.photograph': 'Take a photo',
  'files.orDrop': 'or drop them here',
  'files.limit': '{mb} MB each at most: photos, recordings, PDF, office files. ',
  'files.unchanged': 'Photos are kept as they are, with time and place.',
  'files.progress': 'Uploading {name}',
  'files.drop': 'Remove {name}',
  'files.gone': 'content past its retention',
  'files.unknown': 'The file is no longer there. Remove it and upload it again.',
  'files.busy': 'Files are still being uploaded. Wait, or retry or remove those that failed.',
  'files.uploaded': 'by {name}, {time}',
} as const;
