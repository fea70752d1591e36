/** The catalogue, at hand in every part of the chat. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type ChatStrings, chatStrings } from "../strings";

export const Words = createContext<ChatStrings>(chatStrings("en"));
export const useWords = (): ChatStrings => useContext(Words);
