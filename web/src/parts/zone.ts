/** Time zones and names of facilities the person sees. */
import { usePerson } from '../person.ts';
import { useWords } from '../words/index.ts';

/** IANA zone of a facility; undefined (that of the browser) when it is not known. */
export function useZone(facility: string): string | undefined {
  return usePerson().facilities.find((one) => one.code === facility)?.zone;
}

/** The same for whichever facility is asked for. */
export function useZoneOf(): (facility: string) => string | undefined {
  const { facilities } = usePerson();
  return (facility) => facilities.find((one) => one.code === facility)?.zone;
}

export function useFacilityName(): (code: string) => string {
  const { facilities } = usePerson();
  const { named } = useWords();
  return (code) => {
    const facility = facilities.find((one) => one.code === code);
    return facility ? named(facility) : code;
  };
}
