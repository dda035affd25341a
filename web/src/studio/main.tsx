/** The studio, where process owners draw: a document of its own, because its editors need a policy that allows style attributes. */
import { createBrowserRouter } from 'react-router';
import { PageError } from '../parts/page-error.tsx';
import { startDocument } from '../start-document.tsx';
import { StudioPage } from './studio.tsx';
import { StudioWords } from './studio-words.tsx';

startDocument(
  createBrowserRouter([
    {
      path: '/studio/:key?',
      element: (
        <StudioWords>
          <StudioPage />
        </StudioWords>
      ),
      errorElement: <PageError />,
      HydrateFallback: () => null,
    },
  ]),
);
