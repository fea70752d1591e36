/** The bot's text: paragraphs, emphasis, numbers to call. Always as text, never as markup. */
import { type Piece, piecesOf } from "../rich_text";

/** With `calls`, the short numbers are buttons of their own below the text, and only words in it. */
export function RichText({ text, calls = false }: { text: string; calls?: boolean }) {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph, i) => (
        <p key={i}>
          <Pieces pieces={piecesOf(paragraph, calls)} />
        </p>
      ))}
    </>
  );
}

function Pieces({ pieces }: { pieces: Piece[] }) {
  return (
    <>
      {pieces.map((piece, i) => (
        <PieceView key={i} piece={piece} />
      ))}
    </>
  );
}

function PieceView({ piece }: { piece: Piece }) {
  if (piece.kind === "text") return <>{piece.text}</>;
  if (piece.kind === "strong") {
    return (
      <strong>
        <Pieces pieces={piece.pieces} />
      </strong>
    );
  }
  const isWeb = piece.href.startsWith("http");
  return (
    <a href={piece.href} {...(isWeb ? { target: "_blank", rel: "noopener noreferrer" } : { target: "_top" })}>
      {piece.text}
    </a>
  );
}
