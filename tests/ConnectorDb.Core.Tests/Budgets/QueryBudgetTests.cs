using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.Budgets;

/// <summary>Scripts that grow without bound, and the limits that end them.</summary>
public sealed class QueryBudgetTests
{
    private static readonly QueryLimits s_limits = new() { ValueSize = 1 << 20, Memory = 8 << 20, SettingOf = name => "--" + name };
    private static readonly Block s_text = new(new[] { 1.0, 2.0 }, new TextColumn(new[] { "some text", "another" }));

    public static TheoryData<string> Doublings =>
    [
        Repeat("$ + $"),
        Repeat("""{"a": $, "b": $}"""),
        """{"a": $} | """ + string.Join(" | ", Enumerable.Range(0, 40).Select(i => $"set('{i}', $)")),
        """{"a": $} | """ + Repeat("""apply({"a": $, "b": $})"""),
        Repeat("""ifelse(true, {"a": $, "b": $})"""),
        Repeat("""imap(i, {"a": $, "b": $})"""),
        "map($, " + string.Join(":", Enumerable.Repeat("""{"a": $, "b": $}""", 40)) + ")",
        """{"a": "0123456789"} | """ + Repeat("""{"a": $, "b": $}"""),
        Repeat("""remember(true, {"a": $, "b": $})"""),
        """{"a": append} | """ + Repeat("""{"a": $, "b": $}"""),
        """{"a": 1, "b": 2} | """ + Repeat("""reduce({"a": $, "b": $}) | {"x": $, "y": $}"""),
        "while(true, " + string.Join(":", Enumerable.Repeat("""{"a": $, "b": $}""", 40)) + ")",
        """resample(1, """ + string.Join(":", Enumerable.Repeat("""{"a": $, "b": $}""", 40)) + ")",
    ];

    [Theory]
    [MemberData(nameof(Doublings))]
    public void A_script_that_doubles_its_values_ends_at_a_limit_with_its_setting(string text)
    {
        QueryLimitException error = Assert.Throws<QueryLimitException>(() => Run(text, s_limits));
        Assert.Matches(@"(1048576|8388608) bytes.*\(--(ValueSize|Memory)\)", error.Message);
    }

    [Theory]
    [InlineData("$ + $")]
    [InlineData("""{"a": $, "b": $}""")]
    public void A_doubling_ends_without_settings_too(string stage)
        => Assert.Matches("A transform makes a value of more than [0-9]+ bytes, which is the maximum", Assert.Throws<QueryLimitException>(() => Run(Repeat(stage), QueryLimits.Embedded)).Message);

    /// <summary>Counting each part of a tree of 2^41 parts would take hours.</summary>
    [Fact]
    public void A_part_that_occurs_many_times_is_counted_once()
    {
        QueryLimits none = new() { ValueSize = long.MaxValue >> 8, Memory = long.MaxValue >> 8 };
        List<Block> results = [.. Script.Parse(Repeat("""{"a": $, "b": $}""") + " | count | if last").Run([s_text], new QueryBudget(none))];
        Assert.Equal(2, Assert.Single(results).Values[0].AsInteger());
    }

    [Fact]
    public async Task A_query_that_reaches_a_limit_keeps_its_turn_for_a_moment()
    {
        UserBudgets users = new(s_limits with { UserQueries = 1 });
        QueryBudget budget = users.Begin("eve", CancellationToken.None);
        BudgetedBlocks results = new(CompletedEnumerable.Of(Script.Parse(Repeat("""{"a": $, "b": $}""")).Run([s_text], budget)), budget, countsRows: true);
        await using IAsyncEnumerator<Block> failing = results.GetAsyncEnumerator();
        ValueTask<bool> failed = failing.MoveNextAsync();
        Assert.False(failed.IsCompleted);
        await Assert.ThrowsAsync<QueryLimitException>(async () => await failed);
    }

    [Fact]
    public void Values_inside_each_other_without_end_are_an_error()
    {
        QueryLimitException error = Assert.Throws<QueryLimitException>(() => Run(Repeat("""{"a": $}""", 600), QueryLimits.Embedded));
        Assert.Contains("512 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_grow_are_made_in_small_parts_so_that_a_long_stream_of_them_does_not_fail()
    {
        Block points = new(Enumerable.Range(0, 2500).Select(i => (double)i).ToArray(), new TextColumn(Enumerable.Repeat("0123456789", 2500).ToArray()));
        List<Block> results = [.. Script.Parse("append | $ + \"x\" | length").Run([points], new QueryBudget(s_limits))];
        Assert.Equal(25_001, results[^1].Values[results[^1].Count - 1].AsInteger());
    }

    [Fact]
    public void An_execution_can_be_used_again_after_a_limit()
    {
        ScriptExecution run = Script.Parse("map($, count)").Start(new QueryBudget(s_limits));
        Block many = new(new double[20_000], new TextColumn(Enumerable.Range(0, 20_000).Select(i => i + new string('x', 1000)).ToArray()));
        Assert.Throws<QueryLimitException>(() => run.Push(many).ToList());

        Assert.Empty(run.Push(s_text));
        Assert.Equal("""{"some text":1,"another":1}""", run.Finish().Single().Values[0].ToJson());
    }

    [Fact]
    public void A_cancelled_script_ends_within_a_block()
    {
        using CancellationTokenSource cancel = new();
        Block input = new(new double[1], new ValueColumn(new[] { DataValue.From(new DataObject([.. Enumerable.Range(0, 3000).Select(i => KeyValuePair.Create($"k{i}", DataValue.From(i)))])) }));
        int results = 0;
        QueryBudget budget = new(QueryLimits.Embedded, cancellation: cancel.Token);
        Assert.Throws<OperationCanceledException>(() =>
        {
            // Cancelled while it computes a result that takes about an hour.
            cancel.CancelAfter(1);
            results = Script.Parse("apply(ifelse(true, $, $)) | " + Repeat("apply(rand:rand)", 1000)).Run(Enumerable.Repeat(input, 100_000), budget).Count();
        });
        Assert.Equal(0, results);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_query_that_waits_for_work_without_end_is_cancelled_at_once_and_keeps_its_turn_until_the_work_has_ended(bool isCancelled)
    {
        using CancellationTokenSource cancel = new();
        using ManualResetEventSlim hasBegun = new();
        using ManualResetEventSlim mayEnd = new();
        UserBudgets users = new(s_limits with { UserQueries = 1, Time = isCancelled ? TimeSpan.FromDays(1) : TimeSpan.FromMilliseconds(1) });
        using QueryBudget budget = users.Begin("eve", cancel.Token);
        Task query = Task.Run(() => budget.ComputeAsync(() => ValueTask.FromResult(budget.Run(() =>
        {
            hasBegun.Set();
            mayEnd.Wait();
            return true;
        }))).AsTask());
        hasBegun.Wait();
        if (isCancelled)
        {
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        }
        else
        {
            Assert.Contains("(--Time)", (await Assert.ThrowsAsync<QueryLimitException>(() => query)).Message, StringComparison.Ordinal);
        }

        using QueryBudget next = users.Begin("eve", CancellationToken.None);
        Task<bool> turn = next.ComputeAsync(() => ValueTask.FromResult(true)).AsTask();
        Assert.False(turn.IsCompleted);
        mayEnd.Set();
        Assert.True(await turn);
    }

    [Fact]
    public void The_queries_of_a_user_share_memory_and_give_it_back()
    {
        QueryLimits limits = s_limits with { ValueSize = 8 << 20, UserMemory = 10 << 20 };
        UserBudgets users = new(limits);
        using QueryBudget first = users.Begin("ada", CancellationToken.None);
        ScriptExecution running = Script.Parse("map($, count)").Start(first);
        Assert.Empty(running.Push(Texts(6000)));

        QueryLimitException error = Assert.Throws<QueryLimitException>(() => Run("map($, count)", users.Begin("ada", CancellationToken.None), Texts(6000)));
        Assert.Contains("10485760 bytes of memory", error.Message, StringComparison.Ordinal);
        Assert.Contains("(--UserMemory)", error.Message, StringComparison.Ordinal);
        using QueryBudget other = users.Begin("bob", CancellationToken.None);
        Assert.Equal(1, Run("map($, count)", other, Texts(6000)));

        first.Dispose();
        using QueryBudget again = users.Begin("ada", CancellationToken.None);
        Assert.Equal(1, Run("map($, count)", again, Texts(6000)));
    }

    [Fact]
    public void The_queries_of_all_users_share_memory_of_which_small_ones_have_a_reserve()
    {
        UserBudgets users = new(s_limits with { ValueSize = 8 << 20, Memory = 100 << 20, AllMemory = 32 << 20 });
        QueryBudget first = users.Begin("ada", CancellationToken.None);
        first.Take(32 << 20);

        using QueryBudget other = users.Begin("bob", CancellationToken.None);
        other.Take(1 << 20);
        QueryLimitException error = Assert.Throws<QueryLimitException>(() => other.Take(8 << 20));
        Assert.Contains("33554432 bytes of memory, which is the maximum (--AllMemory)", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsOfAllUsers);

        first.Dispose();
        using QueryBudget again = users.Begin("bob", CancellationToken.None);
        again.Take(20 << 20);
    }

    private static Block Texts(int count) => new(new double[count], new TextColumn(Enumerable.Range(0, count).Select(i => i + new string('x', 300)).ToArray()));

    private static string Repeat(string stage, int times = 40) => string.Join(" | ", Enumerable.Repeat(stage, times));

    private static int Run(string text, QueryLimits limits) => Run(text, new QueryBudget(limits), s_text);

    private static int Run(string text, QueryBudget budget, Block input) => Script.Parse(text).Run([input], budget).Sum(block => block.Count);
}
