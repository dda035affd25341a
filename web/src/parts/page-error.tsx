/** In place of a page whose code could not be loaded or failed. */
import { useRouteError } from 'react-router';
import { ErrorNotice } from './error-notice.tsx';

export function PageError() {
  const error = useRouteError();
  return (
    <main className="alone">
      <ErrorNotice error={error} retry={() => location.reload()} />
    </main>
  );
}
