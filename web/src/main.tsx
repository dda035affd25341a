/** The console. */
import { createRouter } from './router.tsx';
import { startDocument } from './start-document.tsx';
import './styles/fields.css';
import './styles/lists.css';
import './styles/due.css';
import './styles/inbox.css';
import './styles/case.css';

startDocument(createRouter());
