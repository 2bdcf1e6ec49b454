#pragma once

#include <QAbstractSpinBox>

#include <functional>
#include <vector>

namespace vegadesk::ui
{

/// Fields in which somebody may be typing while the market moves: what is typed waits for the person, not for the market.
/// Escape in one undoes the typing and leaves the field; it must not reach the ticket, which would drop its legs.
class TypedBoxes : public QObject
{
    Q_OBJECT

public:
    explicit TypedBoxes(QObject* parent);

    /// `text` is what the box shows of its value. The box outlives this.
    void add(QAbstractSpinBox& box, std::function<QString()> text);
    /// Somebody is typing in that field: the market, the mid and the order's own terms wait.
    static bool isBeingTyped(const QAbstractSpinBox& box);
    /// Takes over what is typed but not yet entered.
    void commit();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Box {
        QAbstractSpinBox* box;
        std::function<QString()> text;
    };
    std::vector<Box> m_boxes;
};

} // namespace vegadesk::ui
