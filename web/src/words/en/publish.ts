/** Deploying a version, from the studio or by going back to an earlier one, and what it means for running instances. */
export const publish = {
  'publish.do': 'Deploy',
  'publish.title': 'Deploy new version',
  'publish.asVersion': 'Deploy as version {n}',
  'publish.note': 'Release note',
  'publish.noteHint': 'What changed, for example: legal opinion before the director’s approval',
  'publish.unchanged': 'Identical to the latest version. Nothing to deploy.',
  'publish.done': 'Deployed',
  'publish.proposed': 'Approval requested. Another authorized person must approve it.',
  'publish.second': 'This process affects money and needs a second person’s approval.',
  'publish.secondHint':
    'Request approval; another person who may deploy approves it under Process definitions. Affected:',
  'publish.propose': 'Request approval',
  'publish.impact.none': 'No instances are running on older versions.',
  'publish.impact.running':
    'Instances on older versions: {n}. They keep their version until an operator migrates them.',
  'publish.impact.tried':
    'Migration dry run on {tried} {tried:instance|instances}: {possible} can be migrated as they are.',
  'publish.impact.wait': '{n} on version {version}:',
};
