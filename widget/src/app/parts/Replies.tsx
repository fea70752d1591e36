/** Questions or answers to choose from. */
interface Props {
  label: string;
  titles: readonly string[];
  onChoose: (index: number) => void;
}

export function Replies({ label, titles, onChoose }: Props) {
  return (
    <div class="replies" role="group" aria-label={label}>
      {titles.map((title, i) => (
        <button key={i} type="button" onClick={() => onChoose(i)}>
          {title}
        </button>
      ))}
    </div>
  );
}
