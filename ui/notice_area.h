#pragma once

#include "desk/views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace vegadesk::ui
{

/// What happened, as cards in the corner of the window: never modal, never taking the keyboard. Information leaves by
/// itself, a warning later, an error when it is dismissed. The same words again are counted, and the latest word on a topic
/// replaces the one before. Beyond four the oldest information goes first.
class NoticeArea : public QWidget
{
    Q_OBJECT

public:
    NoticeArea(const Theme& theme, QWidget* parent);

    /// What can be done about it, as a button on its card; without words none.
    struct Action {
        QString words;
        std::function<void()> run;
    };
    void add(const desk::Notice& notice, const Action& action = {});
    void clear();
    int count() const { return static_cast<int>(m_cards.size()); }
    /// Keeps to the lower right corner of `frame`.
    void place(const QRect& frame);

private:
    struct Card {
        QWidget* widget;
        QLabel* time;
        desk::NoticeLevel level;
        desk::NoticeTopic topic;
        QString text;
        int times = 1;
    };
    void remove(QWidget* widget);

    const Theme& m_theme;
    QVBoxLayout* m_layout;
    std::vector<Card> m_cards;
    QRect m_frame;
};

} // namespace vegadesk::ui
