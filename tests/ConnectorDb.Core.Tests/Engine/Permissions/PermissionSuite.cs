using ConnectorDb.Columns;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Permissions;

/// <summary>The engine decides as in <see cref="PermissionMatrix"/>.</summary>
public abstract class PermissionSuite : IDisposable
{
    private readonly Database _database;

    protected PermissionSuite(Database database)
    {
        _database = database;
        _database.AddUser("bob", new UserDefinition { Public = false });
        _database.AddUser("pub", new UserDefinition { Email = "pub@example.org" });
        _database.AddDevice("pub/open", new DeviceDefinition { Public = true });
        _database.AddStream("pub/open/x");
        AddAnn();
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [MemberData(nameof(PermissionMatrix.Rows), MemberType = typeof(PermissionMatrix))]
    public void Permissions_of_the_engine_match_the_matrix(string deed, string row)
    {
        Assert.Equal(PermissionMatrix.ForPublicReader(deed, row), Outcome(deed, Login.PublicReader));
        foreach ((string actor, string outcome) in PermissionMatrix.Cells(row).Where(cell => PermissionMatrix.IsRefusal(cell.Outcome)))
        {
            Assert.Equal($"{actor} {outcome}", $"{actor} {Outcome(deed, LoginOf(actor))}");
        }

        bool isChanged = false;
        foreach ((string actor, string outcome) in PermissionMatrix.Cells(row).Where(cell => !PermissionMatrix.IsRefusal(cell.Outcome)))
        {
            if (isChanged)
            {
                _database.Engine.Delete(_database.Me, CdbPath.Parse("ann"), Some.NoToken);
                AddAnn();
            }

            Assert.Equal($"{actor} {outcome}", $"{actor} {Outcome(deed, LoginOf(actor))}");
            isChanged = !PermissionMatrix.IsRead(deed);
        }
    }

    /// <summary>Makes the nodes that deeds change. The user of a deed before is deleted with its device <c>ann/new</c>.</summary>
    private void AddAnn()
    {
        _database.AddUser("ann", new UserDefinition { Email = "ann@example.org", Public = false });
        _database.AddDevice("ann/none");
        _database.AddDevice("ann/reader", new DeviceDefinition { Role = "reader" });
        _database.AddDevice("ann/writer", new DeviceDefinition { Role = "writer" });
        _database.AddDevice("ann/helper", new DeviceDefinition { Role = "user" });
        _database.AddDevice("ann/target");
        _database.AddStream("ann/target/x");
        _database.AddStream("ann/target/light", new StreamDefinition { Downlink = true });
    }

    private Login LoginOf(string actor) => actor == "nobody" ? Login.Nobody : _database.As(actor);

    private string Outcome(string deed, Login login)
    {
        try
        {
            return Do(deed, login, _database.Engine);
        }
        catch (PermissionDeniedException)
        {
            return "denied";
        }
        catch (NotFoundException)
        {
            return "missing";
        }
    }

    private static string Do(string deed, Login login, CdbEngine engine)
    {
        CdbPath user = CdbPath.Parse("ann");
        CdbPath device = CdbPath.Parse("ann/target");
        CdbPath stream = CdbPath.Parse("ann/target/x");
        CdbPath light = CdbPath.Parse("ann/target/light");
        CdbPath open = CdbPath.Parse("pub/open/x");
        CancellationToken no = Some.NoToken;
        switch (deed)
        {
            case "read private user":
                return engine.GetUser(login, user, no).Email is null ? "ok" : "email";
            case "read other public user":
                return engine.GetUser(login, CdbPath.Parse("pub"), no).Email is null ? "ok" : "email";
            case "list users":
                engine.ListUsers(login, "", int.MaxValue, no);
                return "ok";
            case "list devices":
                engine.ListDevices(login, user, "", int.MaxValue, no);
                return "ok";
            case "list streams":
                engine.ListStreams(login, device, "", int.MaxValue, Database.NoClient, no);
                return "ok";
            case "read device":
                return engine.GetDevice(login, device, no).ApiKey is null ? "ok" : "key";
            case "read public device":
                return engine.GetDevice(login, open.Parent!, no).ApiKey is null ? "ok" : "key";
            case "read data":
                _ = engine.Read(login, new DataQuery(stream), no).Count();
                return "ok";
            case "read public data":
                _ = engine.Read(login, new DataQuery(open), no).Count();
                return "ok";
            case "write stream":
                return Write(stream);
            case "write downlink stream":
                return Write(light);
            case "write the downlink":
                return Write(light.ToDownlink());
            case "write public data":
                return Write(open);
            case "update device nickname":
                engine.UpdateDevice(login, device, new DeviceDefinition { Nickname = "n" }, no);
                return "ok";
            case "update device role":
                engine.UpdateDevice(login, device, new DeviceDefinition { Role = "reader" }, no);
                return "ok";
            case "update device key":
                engine.UpdateDevice(login, device, new DeviceDefinition { ApiKey = "" }, no);
                return "ok";
            case "update user nickname":
                engine.UpdateUser(login, user, new UserDefinition { Nickname = "n" }, no);
                return "ok";
            case "update user role":
                engine.UpdateUser(login, user, new UserDefinition { Role = "admin" }, no);
                return "ok";
            case "update user password":
                engine.UpdateUser(login, user, new UserDefinition { Password = "a new password" }, no);
                return "ok";
            case "update stream":
                engine.UpdateStream(login, stream, new StreamDefinition { Nickname = "n" }, Database.NoClient, no);
                return "ok";
            case "create device":
                engine.CreateDevice(login, user.Child("new"), new DeviceDefinition(), no);
                return "ok";
            case "create device with role":
                engine.CreateDevice(login, user.Child("new"), new DeviceDefinition { Role = "user" }, no);
                return "ok";
            case "create device uneditable":
                engine.CreateDevice(login, user.Child("new"), new DeviceDefinition { UserEditable = false }, no);
                return "ok";
            case "delete device":
                engine.Delete(login, device, no);
                return "ok";
            case "create stream":
                engine.CreateStream(login, device.Child("new"), new StreamDefinition(), Database.NoClient, no);
                return "ok";
            case "delete stream":
                engine.Delete(login, stream, no);
                return "ok";
            case "create user":
                engine.CreateUser(login, CdbPath.Parse("new"), new UserDefinition(), no);
                return "ok";
            case "delete user":
                engine.Delete(login, user, no);
                return "ok";
            default:
                return engine.Info(login, no).Users is null ? "denied" : "ok";
        }

        string Write(CdbPath path)
            => engine.Append(login, path, new Block(new double[] { 1 }, new NumberColumn(new double[] { 1 })), false, no).GetTarget().IsDownlink ? "downlink" : "stream";
    }
}
