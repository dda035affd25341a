export const related = {
  'related.title': 'Related',
  'related.caller': 'Parent instance',
  'related.called': 'Child instances',
  'related.same': 'Others with {name} {value}',
  'related.similar': 'Possible duplicate: {n} more open {n:instance|instances} for this patient',
  'related.nobody': 'No patient found. You can enter the record number directly.',
} as const;
