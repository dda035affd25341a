/** The frame around the pages, and what is shown when one fails. */
import { createBrowserRouter } from 'react-router';
import { PageError } from './parts/page-error.tsx';
import { framedRoutes, openRoutes } from './routes.ts';
import { Shell } from './shell.tsx';

const around = { errorElement: <PageError />, HydrateFallback: () => null };

export const createRouter = () =>
  createBrowserRouter([
    { ...around, element: <Shell />, children: framedRoutes },
    { ...around, children: openRoutes },
  ]);
