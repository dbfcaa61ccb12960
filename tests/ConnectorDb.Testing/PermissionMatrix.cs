namespace ConnectorDb.Testing;

/// <summary>
/// The permissions of devices for the device <c>ann/target</c> and its streams, as measured on the ConnectorDB server. The engine and the
/// server are both held to this table. A device that may not see a node gets the error of a missing one.
/// </summary>
public static class PermissionMatrix
{
    /// <summary>The columns: devices, and an anonymous client.</summary>
    public static IReadOnlyList<string> Actors { get; }
        = ["nobody", "ann/user", "ann/none", "ann/reader", "ann/writer", "ann/helper", "ann/target", "bob/user", "me/user"];

    public static TheoryData<string, string> Rows => new()
    {
        //                             nobody    user      none      reader    writer    helper    itself    other     admin
        { "read private user",        "missing   email     missing   email     email     email     missing   missing   email" },
        { "read other public user",   "missing   ok        missing   ok        ok        ok        missing   ok        email" },
        { "list users",               "denied    denied    denied    denied    denied    denied    denied    denied    ok" },
        { "list devices",             "missing   ok        missing   ok        ok        ok        missing   missing   ok" },
        { "list streams",             "missing   ok        missing   ok        ok        ok        ok        missing   ok" },
        { "read device",              "missing   key       missing   ok        ok        key       key       missing   key" },
        { "read public device",       "missing   ok        missing   ok        ok        ok        missing   ok        key" },
        { "read data",                "missing   ok        missing   ok        ok        ok        ok        missing   ok" },
        { "read public data",         "missing   ok        missing   ok        ok        ok        missing   ok        ok" },
        { "write stream",             "missing   denied    missing   denied    denied    denied    stream    missing   denied" },
        { "write downlink stream",    "missing   downlink  missing   denied    downlink  downlink  stream    missing   downlink" },
        { "write the downlink",       "missing   downlink  missing   denied    downlink  downlink  denied    missing   downlink" },
        { "write public data",        "missing   denied    missing   denied    denied    denied    missing   denied    denied" },
        { "update device nickname",   "missing   ok        missing   denied    ok        ok        ok        missing   ok" },
        { "update device role",       "missing   ok        missing   denied    denied    ok        denied    missing   ok" },
        { "update device key",        "missing   ok        missing   denied    denied    ok        ok        missing   ok" },
        { "update user nickname",     "missing   ok        missing   denied    ok        ok        missing   missing   ok" },
        { "update user role",         "missing   denied    missing   denied    denied    denied    missing   missing   ok" },
        { "update user password",     "missing   ok        missing   denied    denied    ok        missing   missing   ok" },
        { "update stream",            "missing   ok        missing   denied    ok        ok        ok        missing   ok" },
        { "create device",            "missing   ok        missing   denied    denied    ok        missing   missing   ok" },
        { "create device with role",  "missing   ok        missing   denied    denied    ok        missing   missing   ok" },
        { "create device uneditable", "missing   denied    missing   denied    denied    denied    missing   missing   ok" },
        { "delete device",            "missing   ok        missing   denied    denied    ok        denied    missing   ok" },
        { "create stream",            "missing   ok        missing   denied    denied    ok        ok        missing   ok" },
        { "delete stream",            "missing   ok        missing   denied    denied    ok        ok        missing   ok" },
        { "create user",              "denied    denied    denied    denied    denied    denied    denied    denied    ok" },
        { "delete user",              "missing   denied    missing   denied    denied    denied    missing   missing   ok" },
        { "count",                    "denied    denied    denied    denied    denied    denied    denied    denied    ok" },
    };

    /// <summary>The outcome for a caller without login at a server with public reading: public nodes are read; all else is as for nobody.</summary>
    public static string ForPublicReader(string deed, string row) => deed switch
    {
        "read other public user" or "read public device" or "read public data" => "ok",
        "write public data" => "denied",
        _ => Cells(row).First().Outcome,
    };

    /// <summary>The actors with the outcomes of their attempts.</summary>
    public static IEnumerable<(string Actor, string Outcome)> Cells(string row)
        => Actors.Zip(row.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Attempts that change nothing, and can be made one after the other.</summary>
    public static bool IsRefusal(string outcome) => outcome is "denied" or "missing";

    /// <summary>Deeds that change nothing.</summary>
    public static bool IsRead(string deed) => deed == "count" || deed.StartsWith("list ", StringComparison.Ordinal) || deed.StartsWith("read ", StringComparison.Ordinal);
}
