using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Tests.Files;

public sealed class ReaderPoolTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ReaderPool<State> _pool;

    public ReaderPoolTests()
    {
        string path = _folder["file.db"];
        SqliteFile.Make(path);
        using (SqliteSession session = SqliteFile.Open(path, SqliteAccess.Write))
        {
            session.Execute("CREATE TABLE numbers (number INTEGER); INSERT INTO numbers VALUES (1), (2), (3)");
        }

        _pool = new ReaderPool<State>(() => new State(SqliteFile.Open(path, SqliteAccess.Read)), path);
    }

    public void Dispose()
    {
        _pool.Dispose();
        _folder.Dispose();
    }

    /// <summary>An unfinished query keeps the interruption in the connection, as a cancellation within COMMIT would.</summary>
    [Fact]
    public void A_read_that_is_interrupted_at_its_end_harms_no_later_read()
    {
        using CancellationTokenSource source = new();

        Assert.ThrowsAny<OperationCanceledException>(() => _pool.Read(
            state =>
            {
                state.Session["SELECT number FROM numbers"].Query().Read();
                source.Cancel();
                return 0;
            },
            source.Token));

        Assert.Equal(3, Count());
    }

    [Fact]
    public void Reads_one_after_another_use_one_connection()
    {
        SqliteSession first = _pool.Read(state => state.Session, CancellationToken.None);

        Assert.Same(first, _pool.Read(state => state.Session, CancellationToken.None));
    }

    private long Count() => _pool.Read(
        state =>
        {
            using Row row = state.Session["SELECT count(*) FROM numbers"].Query();
            row.Read();
            return row.Integer(0);
        },
        CancellationToken.None);

    private sealed class State(SqliteSession session) : ISqliteState
    {
        public SqliteSession Session => session;

        public CancellationToken Cancellation { get; set; }
    }
}
