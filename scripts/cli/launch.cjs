'use strict';
// Checks the version of Node before anything a Node too old for us could stumble over is loaded. Hence the old-fashioned words.
var needed = [20, 19];
var have = process.versions.node.split('.').map(Number);

if (have[0] < needed[0] || (have[0] === needed[0] && have[1] < needed[1])) {
  console.error(
    'Careloop needs Node.js ' +
      needed.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').',
  );
  console.error('Install a newer one, for example Node 22, and run the command again.');
  process.exit(1);
} else {
  require('./install.cjs').installThenRun();
}
