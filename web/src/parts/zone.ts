/** Time zones and names of facilities the person sees. */
import { usePerson } from '../person.ts';

/** IANA zone of a facility; undefined (that of the browser) when it is not known. */
export function useZone(facility: string): string | undefined {
  return usePerson().facilities.find((one) => one.code === facility)?.zone;
}

export function useFacilityName(): (code: string) => string {
  const { facilities } = usePerson();
  return (code) => facilities.find((one) => one.code === code)?.name ?? code;
}
