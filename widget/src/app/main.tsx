/** Starts the chat inside the frame. */
import { render } from "preact";
import { readOptions } from "../shared/frame";
import { spoken } from "../strings";
import { Api } from "./api";
import { App } from "./App";
import { Conversation } from "./conversation";
import { takeForThisTab } from "./own_tab";
import { TabStorage } from "./storage";
import "./styles/chat.css";
import { applyTheme } from "./theme";

const options = readOptions(location.hash);
const conversation = new Conversation(new Api("/webhooks/website"), new TabStorage(), takeForThisTab, undefined, spoken(options.lang));

applyTheme(document.documentElement, options.color, options.theme);
render(<App conversation={conversation} options={options} />, document.getElementById("chat")!);
void conversation.restore();
