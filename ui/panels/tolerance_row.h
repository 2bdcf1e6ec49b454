#pragma once

#include "desk/settings.h"

#include <QWidget>

class QLabel;

namespace vegadesk::ui
{

class Segments;

/// The tolerance that the limits follow, and a line that asks before another one is in force. Escape keeps the old one.
class ToleranceRow : public QWidget
{
    Q_OBJECT

public:
    explicit ToleranceRow(desk::Settings& settings, QWidget* parent = nullptr);

Q_SIGNALS:
    void asked(); ///< the question is shown
    void limitsAsked();

private:
    int current() const; ///< place among the setting's choices
    void ask(int place);
    void answer(bool isYes);
    void follow();

    desk::Settings& m_settings;
    Segments* m_choice;
    QWidget* m_question;
    QLabel *m_words, *m_own;
};

} // namespace vegadesk::ui
