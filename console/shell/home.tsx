/** The house's own address opens the first room that the reader's role may enter. */
import { Navigate } from '@tanstack/react-router';
import { useMay } from '../actions.tsx';
import { NotFound } from './not-found.tsx';
import { enters, places } from './rail.tsx';

export function Home() {
  const may = useMay();
  const first = places.flat().find((place) => enters(place, may));
  return first === undefined ? <NotFound /> : <Navigate to={first.to} replace />;
}
