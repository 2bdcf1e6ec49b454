#include "ui/dialogs/form_scroll.h"

#include <QScrollArea>

namespace vegadesk::ui
{

QScrollArea* makeFormScroll(QWidget* form, QWidget* parent)
{
    auto* const scroll = new QScrollArea(parent);
    scroll->setWidget(form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
    scroll->viewport()->setAutoFillBackground(false);
    form->setAutoFillBackground(false);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return scroll;
}

} // namespace vegadesk::ui
