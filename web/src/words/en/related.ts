export const related = {
  'related.title': 'Related',
  'related.caller': 'Called by',
  'related.called': 'Has called',
  'related.same': 'Others with {name} {value}',
  'related.similar': 'Possibly the same: {n} more open for this patient',
  'related.nobody': 'No patient found; the number can be typed.',
} as const;
