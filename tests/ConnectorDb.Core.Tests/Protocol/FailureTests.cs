using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Tests.Protocol;

public sealed class FailureTests
{
    private static readonly CdbPath s_stream = CdbPath.Parse("u/d/s");

    /// <summary>Errors of files, sinks and samplers occur on the machine of the user, never through a server.</summary>
    private static readonly Type[] s_neverOnTheWire =
    [
        typeof(FileAccessException), typeof(InvalidConfigurationException), typeof(InvalidExportException),
        typeof(NotAvailableException), typeof(SampleException), typeof(SinkException),
    ];

    public static TheoryData<CdbException, int> Errors => new()
    {
        { new AuthenticationException("a", null), 401 },
        { new PermissionDeniedException("b", s_stream), 403 },
        { new WrongPasswordException("p", s_stream), 403 },
        { new NotFoundException("c", s_stream), 404 },
        { new NameTakenException("d", "x"), 409 },
        { new KeyReusedException("o", "x"), 422 },
        { new InvalidNameException("9", "user", "no"), 400 },
        { new InvalidRangeException("e", null), 400 },
        { new InvalidSchemaException("f", s_stream), 400 },
        { new InvalidValueException("g", s_stream) { Place = 3, Reason = "r" }, 400 },
        { new SchemaViolationException("h", s_stream, 7) { Reason = "r" }, 400 },
        { new TimeOrderException("i", s_stream.ToDownlink(), 8) { Reason = "r" }, 409 },
        { new ScriptSyntaxException("j", "$ $", 1, 3, 1), 400 },
        { new ScriptRuntimeException("k", "$+1", 1.5), 400 },
        { new KeyReusedException("o", null), 422 },
        { new QueryLimitException("n", null), 422 },
        { new QueryLimitException("n", null) { Wait = TimeSpan.FromSeconds(1) }, 429 },
        { new StoreException(StoreFault.DiskFull, "l", null), 507 },
        { new StoreException(StoreFault.Locked, "m", null), 503 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_exception_is_recreated_by_the_client(CdbException error, int status)
    {
        Failure sent = Failure.Of(error);
        Assert.Equal(status, sent.Status);
        Assert.NotEmpty(sent.Reference);

        CdbException? met = Failure.Read(Wire.Fields(sent.WriteTo)).ToException(null);

        Assert.IsType(error.GetType(), met);
        Assert.Equal((error.Message, error.Target), (met.Message, met.Target));
        Assert.Equal((error as IDatapointFault)?.Place, (met as IDatapointFault)?.Place);
        Assert.Equal((error as IDatapointFault)?.Reason, (met as IDatapointFault)?.Reason);
        Assert.Equal((error as StoreException)?.Fault, (met as StoreException)?.Fault);
        Assert.Equal((error as ScriptSyntaxException)?.Column, (met as ScriptSyntaxException)?.Column);
    }

    [Fact]
    public void Messages_of_ConnectorDB_0_3_are_for_old_clients_only()
    {
        Failure sent = Failure.Of(new NotFoundException("There is none.", s_stream)) with { Message = "Can't access this resource. There is none.", Detail = "There is none." };

        CdbException? met = Failure.Read(Wire.Fields(sent.WriteTo)).ToException(null);

        Assert.Equal("There is none.", met!.Message);
    }

    [Fact]
    public void Every_error_of_the_model_has_a_kind_of_its_own()
        => Assert.Empty(
            from type in typeof(CdbException).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(CdbException)) && type != typeof(StoreException) && !s_neverOnTheWire.Contains(type)
            where !Errors.Any(row => row[0].GetType() == type)
            select type.Name);

    [Fact]
    public void Messages_of_a_socket_are_parsed()
    {
        SocketCommand command = new() { Name = SocketCommand.Subscribe, Argument = "u/d/s", Transform = "$", From = 0, Id = 7 };
        Assert.Equal(command, SocketCommand.Read(Wire.Bytes(command.WriteTo)));

        SocketCommand insert = SocketCommand.Read("""{"cmd":"insert","arg":"u/d/s","d":[{"d":5}]}"""u8);
        Assert.Equal((1, 5L), (insert.Points!.Count, insert.Points.Values[0].AsInteger()));

        SocketMessage done = SocketMessage.Read(Wire.Bytes(SocketMessage.Done(command, 12).WriteTo));
        Assert.Equal(("", "subscribe", 7L, 12L, null), (done.Stream, done.Command, done.Id, done.Index, done.Failure));

        SocketMessage refused = SocketMessage.Read(Wire.Bytes(SocketMessage.Refused(command, Failure.Of(new NotFoundException("gone", s_stream))).WriteTo));
        Assert.IsType<NotFoundException>(refused.Failure!.ToException(null));

        SocketMessage data = SocketMessage.Read(Wire.Bytes(new SocketMessage { Stream = "u/d/s", Index = 5, Next = 8, Data = Some.Numbers(3) }.WriteTo));
        Assert.Equal((5L, 8L, 3), (data.Index, data.Next, data.Data!.Count));

        Assert.Equal(0, SocketMessage.Read("""{"stream":"u/d/s","data":null}"""u8).Data!.Count);
        Assert.Throws<InvalidValueException>(() => SocketMessage.Read("{"u8));
    }
}
