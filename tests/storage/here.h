#pragma once

#include "base/error.h"
#include "storage/executor.h"

#include <QObject>
#include <QTest>

#include <functional>
#include <optional>

namespace vegadesk::tests
{

/// Brings callbacks to the test's own thread and waits for them.
class Here : public QObject
{
public:
    storage::Executor executor()
    {
        return [this](std::function<void()> task) {
            QMetaObject::invokeMethod(this, std::move(task), Qt::QueuedConnection);
        };
    }

    /// Calls `start` with a callback and returns what it is called with; an Internal error after ten seconds
    /// without.
    template<class T, class Start>
    base::Result<T> wait(Start start)
    {
        auto answer = std::make_shared<std::optional<base::Result<T>>>();
        start([answer](base::Result<T> result) { *answer = std::move(result); });
        if (!QTest::qWaitFor([answer] { return answer->has_value(); }, 10'000))
            return base::fail(base::ErrorKind::Internal, "answer", "", "did not come");
        return **answer;
    }
};

} // namespace vegadesk::tests
