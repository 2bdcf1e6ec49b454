#pragma once

class QScrollArea;
class QWidget;

namespace vegadesk::ui
{

/// Scrolls a form that may be longer than its dialog, on the dialog's own ground. Takes `form` as its own.
QScrollArea* makeFormScroll(QWidget* form, QWidget* parent);

} // namespace vegadesk::ui
