#include "ui/panels/typed_boxes.h"

#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>
#include <utility>

namespace vegadesk::ui
{

namespace
{
constexpr const char* typingProperty = "isBeingTyped";
}

TypedBoxes::TypedBoxes(QObject* parent) : QObject(parent) {}

void TypedBoxes::add(QAbstractSpinBox& box, std::function<QString()> text)
{
    m_boxes.push_back({&box, std::move(text)});
    box.installEventFilter(this); // it has the keyboard, not its line
    connect(box.findChild<QLineEdit*>(), &QLineEdit::textEdited, &box,
            [&box] { box.setProperty(typingProperty, true); });
    connect(&box, &QAbstractSpinBox::editingFinished, &box, [&box] { box.setProperty(typingProperty, false); });
}

bool TypedBoxes::isBeingTyped(const QAbstractSpinBox& box)
{
    return box.property(typingProperty).toBool();
}

void TypedBoxes::commit()
{
    for (const Box& each : m_boxes) {
        each.box->interpretText();
        each.box->setProperty(typingProperty, false);
    }
}

bool TypedBoxes::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // ours, not the ticket's
        return true;
    }
    const auto found = std::ranges::find(m_boxes, watched, &Box::box);
    found->box->findChild<QLineEdit*>()->setText(found->text());
    found->box->setProperty(typingProperty, false);
    found->box->clearFocus();
    return true;
}

} // namespace vegadesk::ui
