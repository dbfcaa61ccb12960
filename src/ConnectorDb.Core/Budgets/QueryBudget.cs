using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Budgets;

/// <summary>Counts the memory, results and time of a query, and ends the query at a limit or when it is cancelled.</summary>
/// <remarks>One thread at a time uses it. Memory is counted from the sizes of values, not measured, so that the count does not depend on other queries.</remarks>
public sealed class QueryBudget : IDisposable
{
    /// <summary>The number of steps between two looks at the clock: a step takes about a microsecond.</summary>
    private const int StepsPerCheck = 64;

    /// <summary>Bytes of new values that count as one more step, because they take about as long.</summary>
    private const int BytesPerStep = 1 << 14;

    /// <summary>Memory is taken from that of the user in pieces of this size in bytes, so that queries seldom touch the common count.</summary>
    private const long Piece = 1 << 20;

    /// <summary>A query that has no room beside others of its user may try again after this time.</summary>
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);

    private readonly QueryLimits _limits;
    private readonly UserBudget? _user;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, Regex> _expressions = new(StringComparer.Ordinal);
    private long _memory;
    private long _taken;
    private long _rows;
    private long _steps;
    private long _deadline = long.MaxValue;
    private TimeSpan _timeLeft;
    private bool _isOpen;
    private Task _lastRun = Task.CompletedTask;

    /// <param name="limits">The limits of the query.</param>
    /// <param name="user">The budget of the user; null when users have no limits.</param>
    /// <param name="cancellation">Ends the query.</param>
    internal QueryBudget(QueryLimits limits, UserBudget? user = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        (_limits, _user, _cancellation, _timeLeft) = (limits, user, cancellation, limits.Time);
    }

    /// <summary>A budget that is shared with no other query.</summary>
    public QueryBudget(QueryLimits limits)
        : this(limits, null, CancellationToken.None)
    {
    }

    /// <summary>A budget with the limits of this process.</summary>
    public static QueryBudget Embedded => new(QueryLimits.Embedded);

    /// <summary>Bytes that the query may still take; below 0 when it has just failed.</summary>
    internal long MemoryLeft => _limits.Memory - _memory;

    /// <summary>The message when the time is over.</summary>
    internal (string Problem, string Advice) WhenTooLong { get; set; } = ("The query has computed", "Give it a shorter range, or a simpler transform");

    internal long MaxValueSize => _limits.ValueSize;

    /// <summary>Work for <see cref="Run"/> does not begin: the query ends as if its time were over.</summary>
    internal bool IsBrief { get; init; }

    /// <summary>Milliseconds to the end of the time; -1 for no end.</summary>
    private int TimeToWait => _deadline == long.MaxValue ? Timeout.Infinite : (int)Math.Clamp(_deadline - Environment.TickCount64 + 1, 0, int.MaxValue);

    /// <summary>Counts the query as one of its user, until <see cref="Dispose"/>.</summary>
    /// <exception cref="QueryLimitException">Too many queries of the user have not ended.</exception>
    internal void Open()
    {
        if (_user is null || _isOpen)
        {
            return;
        }

        _isOpen = _user.Begin()
            ? true
            : throw Exceeded(nameof(_limits.UserOpenQueries), $"{(_limits.AreOfNobody ? "Callers without a login have" : "This user has")} {CountText.Of(_limits.UserOpenQueries, "query that has not ended", "queries that have not ended")}", "Wait for their results, and run fewer at a time", s_wait);
    }

    /// <summary>Waits for the turn of the query, and computes while its clock runs. A query that reaches a limit keeps its turn a little longer.</summary>
    internal async ValueTask<T> ComputeAsync<T>(Func<ValueTask<T>> work)
    {
        await EnterAsync().ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (QueryLimitException) when (_user is not null)
        {
            await Task.Delay(UserBudget.PauseAtLimit, _cancellation).ConfigureAwait(false);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs work that nothing can end. When the query is cancelled or its time is over, the work goes on without it, and the turn of the query is free when both have ended.</summary>
    /// <inheritdoc cref="Check"/>
    internal T Run<T>(Func<T> work)
    {
        if (IsBrief)
        {
            throw TooLong();
        }

        Task<T> run = Task.Run(work, CancellationToken.None);
        _lastRun = run;
        while (Task.WaitAny([run], TimeToWait, _cancellation) < 0)
        {
            Check();
        }

        return run.GetAwaiter().GetResult();
    }

    /// <summary>Compiles a regular expression, once for each pattern, and counts the memory that it may take.</summary>
    /// <inheritdoc cref="Take"/>
    internal Regex Compile(string pattern, Func<string, Regex> compile)
    {
        Check();
        if (!_expressions.TryGetValue(pattern, out Regex? known))
        {
            Take(ExpressionSize.Bytes(pattern));
            known = compile(pattern);
            _expressions.Add(pattern, known);
        }

        return known;
    }

    /// <summary>Counts a small piece of work. Some of the calls check cancellation and time.</summary>
    internal void Step()
    {
        if (++_steps >= StepsPerCheck)
        {
            Check();
        }
    }

    /// <exception cref="OperationCanceledException">The query was cancelled.</exception>
    /// <exception cref="QueryLimitException">The query has computed for too long.</exception>
    internal void Check()
    {
        _steps = 0;
        _cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 > _deadline)
        {
            throw TooLong();
        }
    }

    /// <summary>Takes memory, or gives it back when the number is negative.</summary>
    /// <exception cref="QueryLimitException">The query, all queries of the user, or those of all users need too much memory.</exception>
    internal void Take(long bytes)
    {
        _memory += bytes;
        if (bytes > 0)
        {
            _steps += bytes / BytesPerStep;
            if (_memory > _limits.Memory)
            {
                throw Exceeded(nameof(_limits.Memory), $"The query needs more than {_limits.Memory} bytes of memory for its values", "Give it a shorter range, or a transform that makes and remembers less");
            }
        }

        if (_user is not null && (_memory > _taken || _taken - _memory > 2 * Piece))
        {
            TakeFromUser(_user);
        }
    }

    /// <summary>Checks the size of a value that is about to be made, or was made.</summary>
    /// <exception cref="QueryLimitException">The value is too large.</exception>
    internal void CheckValue(long bytes)
    {
        if (bytes > _limits.ValueSize)
        {
            throw Exceeded(nameof(_limits.ValueSize), $"A transform makes a value of more than {_limits.ValueSize} bytes", "Make smaller values");
        }
    }

    /// <summary>Checks the number of streams before they are opened.</summary>
    /// <exception cref="QueryLimitException">There are too many.</exception>
    internal void CheckStreams(int count)
    {
        if (count > _limits.Streams)
        {
            throw Exceeded(nameof(_limits.Streams), $"The query has more than {CountText.Of(_limits.Streams, "stream or column", "streams or columns")}", "Ask for them in parts");
        }
    }

    /// <summary>Counts results.</summary>
    /// <exception cref="QueryLimitException">There are too many.</exception>
    internal void AddRows(long count)
    {
        _rows += count;
        if (_rows > _limits.Rows)
        {
            throw Exceeded(nameof(_limits.Rows), $"The query has more than {_limits.Rows} results", "Ask for them in parts, or with a longer step");
        }
    }

    /// <summary>The exception for values inside each other without end.</summary>
    internal static QueryLimitException NestedTooDeep()
        => new($"A transform puts values into each other more than {DataValue.MaxDepth} levels deep, which is the maximum. Make flatter values.", null);

    /// <summary>Gives all memory back.</summary>
    public void Dispose()
    {
        _user?.Take(-_taken, 0);
        (_taken, _memory) = (0, 0);
        if (_isOpen)
        {
            _isOpen = false;
            _user!.End();
        }
    }

    private async ValueTask EnterAsync()
    {
        if (_user is not null)
        {
            await _user.EnterAsync(_cancellation).ConfigureAwait(false);
        }

        _deadline = _timeLeft == TimeSpan.MaxValue ? long.MaxValue : Environment.TickCount64 + (long)_timeLeft.TotalMilliseconds;
    }

    private void Leave()
    {
        if (_deadline != long.MaxValue)
        {
            _timeLeft = TimeSpan.FromMilliseconds(Math.Max(0, _deadline - Environment.TickCount64));
            _deadline = long.MaxValue;
        }

        if (_user is { } user)
        {
            _ = _lastRun.ContinueWith(_ => user.Leave(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private QueryLimitException TooLong() => Exceeded(nameof(_limits.Time), $"{WhenTooLong.Problem} for {SecondsText.Of(_limits.Time.TotalSeconds)}", WhenTooLong.Advice);

    private void TakeFromUser(UserBudget user)
    {
        long wanted = (_memory + Piece - 1) / Piece * Piece;
        string? reached = user.Take(wanted - _taken, wanted);
        _taken = reached switch
        {
            null => wanted,
            nameof(_limits.UserMemory) => throw Exceeded(reached, $"The running queries of {(_limits.AreOfNobody ? "callers without a login" : "this user")} need more than {_limits.UserMemory} bytes of memory", "Run fewer at a time", s_wait),
            _ => throw Exceeded(reached, $"The running queries of all users need more than {_limits.AllMemory} bytes of memory", "Repeat this one later", s_wait, isOfAll: true),
        };
    }

    private QueryLimitException Exceeded(string limit, string problem, string advice, TimeSpan? wait = null, bool isOfAll = false)
        => new($"{problem}, which is the maximum{(_limits.SettingOf is { } settingOf ? $" ({settingOf(limit)})" : "")}. {advice}.", null) { Wait = wait, IsOfAllUsers = isOfAll };
}
