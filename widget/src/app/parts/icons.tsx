/** The chat's pictures. They only repeat what the control's name says. */
const line = { fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" } as const;

const Icon = ({ d }: { d: string }) => (
  <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path {...line} d={d} />
  </svg>
);

export const CloseIcon = () => <Icon d="M6 6l12 12M18 6 6 18" />;
export const MoreIcon = () => (
  <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="currentColor">
    <circle cx="12" cy="5" r="2" />
    <circle cx="12" cy="12" r="2" />
    <circle cx="12" cy="19" r="2" />
  </svg>
);
export const SendIcon = () => <Icon d="M12 19V5M5.5 11.5 12 5l6.5 6.5" />;
export const DownloadIcon = () => <Icon d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14" />;
export const CopyIcon = () => <Icon d="M9 9h11v11H9zM15 9V4H4v11h5" />;
export const EndIcon = () => <Icon d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9" />;
export const BookIcon = () => <Icon d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zm0 13a3 3 0 0 1 3-3h11M9 8h6" />;
export const UpIcon = () => <Icon d="M7 11v9H4v-9zl4-7c1.5 0 2.4 1 2.1 2.5L12.5 10H18a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7" />;
export const DownIcon = () => <Icon d="M7 13V4H4v9zl4 7c1.5 0 2.4-1 2.1-2.5L12.5 14H18a2 2 0 0 0 2-2.4l-1.2-6a2 2 0 0 0-2-1.6H7" />;
export const PhoneIcon = () => <Icon d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z" />;
export const LanguageIcon = () => <Icon d="M3 12h18M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 0c3 3 3 15 0 18-3-3-3-15 0-18z" />;
export const RetryIcon = () => <Icon d="M20 11a8 8 0 1 0-2.3 5.7M20 5v6h-6" />;
