/** Provides the person who is logged in; shows the login page without a session. */
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { Refused, type Staff } from './api/client.ts';
import { meQuery } from './api/queries.ts';
import { ErrorNotice } from './parts/error-notice.tsx';
import { tellTimesIn } from './parts/time.ts';
import { PersonContext } from './person.ts';

const Login = lazy(async () => ({ default: (await import('./pages/login.tsx')).Login }));

export function Session({ children }: { children(person: Staff): ReactNode }) {
  const me = useQuery(meQuery);
  const loggedOut = me.error instanceof Refused && me.error.status === 401;
  if (me.isPending) return null;
  if (!me.data)
    return loggedOut ? (
      <Suspense>
        <Login />
      </Suspense>
    ) : (
      <main className="alone">
        <ErrorNotice error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  tellTimesIn(me.data.facilities[0]?.zone);
  // When the session expires, the login covers the page and nothing typed is lost.
  return (
    <PersonContext value={me.data}>
      {children(me.data)}
      {loggedOut && (
        <Suspense>
          <Login again={me.data.id} />
        </Suspense>
      )}
    </PersonContext>
  );
}
