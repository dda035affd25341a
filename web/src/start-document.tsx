/** Starts a document of the console: language, theme, cache, and its pages by address. */
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ComponentProps, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Refused } from './api/client.ts';
import { meQuery } from './api/queries.ts';
import { Language } from './language.tsx';
import { nonceStyles } from './nonce.ts';
import './styles/base.css';
import './styles/frame.css';

export function startDocument(router: ComponentProps<typeof RouterProvider>['router']): void {
  nonceStyles();

  /** A 401 of any request shows the login over the page, which stays as it is. */
  const onError = (error: unknown): void => {
    if (error instanceof Refused && error.status === 401) void client.invalidateQueries({ queryKey: meQuery.queryKey });
  };

  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => query.queryKey !== meQuery.queryKey && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) =>
          !(error instanceof Refused && error.status >= 400 && error.status < 500) && failures < 2,
      },
    },
  });

  const root = document.getElementById('root');
  if (!root) throw new Error('The document has no root.');
  createRoot(root).render(
    <StrictMode>
      <Language>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Language>
    </StrictMode>,
  );
}
