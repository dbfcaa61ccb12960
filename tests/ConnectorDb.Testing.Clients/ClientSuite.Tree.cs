using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    [SkippableFact]
    public async Task The_client_returns_its_login_and_the_info_of_the_database()
    {
        Assert.NotEmpty(Client.Location);
        Assert.Equal("user", Client.Identity.Device);
        Assert.NotEmpty(await Client.PingAsync(Some.NoToken));
        CdbInfo info = await Client.GetInfoAsync(Some.NoToken);
        Assert.Equal((Client.Identity.ToString(), Client.Location), (info.Identity, info.Location));
        Assert.True(info.Users > 0 && info.Devices > 0);
        Assert.Contains(info.Transforms, transform => transform.Name == "if");
        Assert.Contains(info.Interpolators, interpolator => interpolator.Name == "before");
    }

    [SkippableFact]
    public async Task A_stream_is_created_listed_changed_and_deleted()
    {
        CdbPath path = NewPath();
        Assert.False(await Client.ExistsAsync(path, Some.NoToken));
        CdbStream made = await Client.CreateStreamAsync(
            path,
            new StreamDefinition { Schema = """{ "type": "number" }""", Nickname = "Näme 😀 <&>", Datatype = "temperature", Downlink = true },
            Some.NoToken);
        Assert.Equal((path.ToString(), """{"type":"number"}""", "temperature", true, false), (made.Path, made.Schema, made.Datatype, made.Downlink, made.Ephemeral));

        CdbStream seen = await Client.GetStreamAsync(path, Some.NoToken);
        Assert.Equal("Näme 😀 <&>", seen.Nickname);
        Assert.Equal(0, seen.Datapoints);
        Assert.Null(seen.LastDatapoint);
        Assert.Contains(await All(Client.ListStreamsAsync(path.Parent!, Some.NoToken)), stream => stream.GetPath() == path);
        Assert.DoesNotContain(await All(Client.ListStreamsAsync(path.Parent!, path.Name, Some.NoToken)), stream => stream.GetPath() == path);

        CdbStream changed = await Client.UpdateStreamAsync(path, new StreamDefinition { Description = "d", Downlink = false }, Some.NoToken);
        Assert.Equal(("d", "temperature", false), (changed.Description, changed.Datatype, changed.Downlink));

        await Client.DeleteAsync(path, Some.NoToken);
        Assert.False(await Client.ExistsAsync(path, Some.NoToken));
    }

    protected virtual bool HasLabels => true;

    [SkippableFact]
    public async Task Streams_are_found_by_their_labels_in_any_case()
    {
        if (!HasLabels)
        {
            StreamDefinition labelled = new() { Labels = LabelSet.Parse("room=office") };
            await Assert.ThrowsAsync<NotAvailableException>(async () => await Client.CreateStreamAsync(NewPath(), labelled, Some.NoToken));
            await Assert.ThrowsAsync<NotAvailableException>(async () => await All(Client.FindStreamsAsync([new LabelPattern("room", "*")], Some.NoToken)));
            return;
        }

        string site = NewName("site");
        CdbPath office = NewPath();
        CdbPath kitchen = NewPath();
        LabelSet labels = LabelSet.Parse($"site={site}; room=Office; path=C:\\x");
        Assert.Equal(labels, (await Client.CreateStreamAsync(office, new StreamDefinition { Labels = labels }, Some.NoToken)).Labels);
        await Client.CreateStreamAsync(kitchen, new StreamDefinition { Labels = LabelSet.Parse($"site={site}; room=Ölküche") }, Some.NoToken);
        Assert.Equal(new[] { office.ToString(), kitchen.ToString() }.Order(StringComparer.Ordinal), await Find(("site", site)));
        Assert.Equal([office.ToString()], await Find(("SITE", site.ToUpperInvariant()), ("room", "off?ce"), ("path", @"c:\*")));
        Assert.Equal([kitchen.ToString()], await Find(("site", site), ("room", "öl*")));
        Assert.Empty(await Find(("site", site), ("floor", "*")));

        await Client.UpdateStreamAsync(office, new StreamDefinition { Labels = LabelSet.None }, Some.NoToken);
        await Client.DeleteAsync(kitchen, Some.NoToken);
        Assert.Empty(await Find(("site", site)));

        async Task<string[]> Find(params (string Key, string Value)[] wanted)
            => [.. (await All(Client.FindStreamsAsync([.. wanted.Select(label => new LabelPattern(label.Key, label.Value))], Some.NoToken))).Select(stream => stream.Path)];
    }

    [SkippableFact]
    public async Task Streams_are_found_by_a_part_of_their_path_or_nickname_in_any_case()
    {
        if (!HasLabels)
        {
            return;
        }

        CdbPath device = NewPath().Parent!;
        string[] names = [.. Enumerable.Range(0, 70).Select(i => $"part{i:00}")];
        foreach (string name in names)
        {
            await Client.CreateStreamAsync(CdbPath.Parse($"{device}/{name}"), new StreamDefinition { Nickname = name == "part42" ? @"50 % Öl_" : null, Labels = LabelSet.Parse($"n={name[4]}") }, Some.NoToken);
        }

        // More than are read at first.
        Assert.Equal(names, await Find($"{device}/PART"));
        Assert.Equal(names.Skip(66), await Find($"{device}/part", after: $"{device}/part65"));
        Assert.Equal(["part50", "part51"], (await Find($"{device}/part", new LabelPattern("n", "5"))).Take(2));
        foreach (string text in new[] { "öl", "% ÖL", @"Öl_", "l_" })
        {
            Assert.Equal(["part42"], await Find(text));
        }

        Assert.Empty(await Find("5_ % öl"));
        Assert.Empty(await Find("50%"));
        Assert.Empty(await Find("par_42"));

        async Task<string[]> Find(string text, LabelPattern? label = null, string after = "")
            => [.. (await All(Client.FindStreamsAsync(text, label is null ? [] : [label], after, Some.NoToken))).Where(stream => stream.GetPath().Parent == device).Select(stream => stream.Name)];
    }

    [SkippableTheory]
    [InlineData("", "x")]
    [InlineData("x", "")]
    [InlineData("a\nb", "x")]
    public async Task A_label_needs_a_printable_key_and_a_value(string key, string value)
        => await Assert.ThrowsAnyAsync<CdbException>(async () => await Client.CreateStreamAsync(NewPath(), new StreamDefinition { Labels = new LabelSet([KeyValuePair.Create(key, value)]) }, Some.NoToken));

    [SkippableFact]
    public async Task Devices_have_keys_and_roles()
    {
        CdbPath path = Client.Identity.Parent!.Child(NewName("d"));
        CdbDevice made = await Client.CreateDeviceAsync(path, new DeviceDefinition { Role = "reader", Public = true }, Some.NoToken);
        Assert.NotEmpty(made.ApiKey!);
        Assert.Equal(("reader", true, true), (made.Role, made.Public, made.Enabled));
        Assert.Equal(made.ApiKey, (await Client.GetDeviceAsync(path, Some.NoToken)).ApiKey);
        Assert.Contains(await All(Client.ListDevicesAsync(path.Parent!, Some.NoToken)), device => device.GetPath() == path);

        CdbDevice rekeyed = await Client.UpdateDeviceAsync(path, new DeviceDefinition { ApiKey = "" }, Some.NoToken);
        Assert.NotEqual(made.ApiKey, rekeyed.ApiKey);
        await Client.DeleteAsync(path, Some.NoToken);
        await Assert.ThrowsAsync<NotFoundException>(async () => await Client.GetDeviceAsync(path, Some.NoToken));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("a-key-that-is-long-enough-for-a-device")]
    public async Task A_client_continues_with_the_new_key_of_its_own_device(string key)
    {
        CdbPath device = Client.Identity.Parent!.Child(NewName("d"));
        await Client.CreateDeviceAsync(device, new DeviceDefinition(), Some.NoToken);
        await using ICdbClient own = await Client.ActAsAsync(device, Some.NoToken);
        string old = (await own.GetDeviceAsync(device, Some.NoToken)).ApiKey!;

        await own.UpdateDeviceAsync(device, new DeviceDefinition { ApiKey = key.Length > 0 ? key + device.Device : "" }, Some.NoToken);

        Assert.NotEqual(old, (await own.GetDeviceAsync(device, Some.NoToken)).ApiKey);
        await own.CreateStreamAsync(device.Child("s"), new StreamDefinition(), Some.NoToken);
    }

    [SkippableFact]
    public async Task A_user_is_created_with_devices_and_streams()
    {
        CdbPath path = CdbPath.ForUser(NewName("u"));
        StreamDefinition any = new() { Schema = "{}" };
        DeviceDefinition device = new() { Enabled = true, Visible = true, Streams = new Dictionary<string, StreamDefinition> { ["inner"] = any } };
        CdbUser user = await Client.CreateUserAsync(
            path,
            new UserDefinition
            {
                Email = $"{path.User}@example.org",
                Password = "correct horse",
                Public = false,
                Streams = new Dictionary<string, StreamDefinition> { ["own"] = any },
                Devices = new Dictionary<string, DeviceDefinition> { ["thing"] = device },
            },
            Some.NoToken);
        Assert.Equal((path.ToString(), false, $"{path.User}@example.org"), (user.Path, user.Public, user.Email));
        Assert.True(await Client.ExistsAsync(path.Child("user").Child("own"), Some.NoToken));
        Assert.True(await Client.ExistsAsync(path.Child("thing").Child("inner"), Some.NoToken));
        Assert.Contains(await All(Client.ListUsersAsync(Some.NoToken)), other => other.GetPath() == path);

        Assert.Equal("Someone", (await Client.UpdateUserAsync(path, new UserDefinition { Nickname = "Someone" }, Some.NoToken)).Nickname);
        Assert.Equal("Someone", (await Client.GetUserAsync(path, Some.NoToken)).Nickname);
        await Client.DeleteAsync(path, Some.NoToken);
        Assert.False(await Client.ExistsAsync(path.Child("thing"), Some.NoToken));
    }

    [SkippableFact]
    public async Task Existing_nodes_are_rejected()
    {
        CdbPath stream = await NewStream();
        await Assert.ThrowsAsync<NameTakenException>(async () => await Client.CreateStreamAsync(stream, new StreamDefinition(), Some.NoToken));
        CdbPath device = Client.Identity;
        await Assert.ThrowsAsync<NameTakenException>(async () => await Client.CreateDeviceAsync(device, new DeviceDefinition(), Some.NoToken));
    }

    [SkippableFact]
    public async Task Missing_nodes_are_reported()
    {
        CdbPath missing = NewPath();
        await Missing(async () => await Client.GetStreamAsync(missing, Some.NoToken));
        await Missing(async () => await Client.GetDeviceAsync(missing.Parent!.Parent!.Child(missing.Name), Some.NoToken));
        await Missing(async () => await Client.GetUserAsync(CdbPath.ForUser(missing.Name), Some.NoToken));
        await Missing(async () => await Client.CountAsync(missing, Some.NoToken));
        await Missing(async () => await Client.LastAsync(missing, Some.NoToken));
        await Missing(async () => await Client.IndexOfTimeAsync(missing, 0, Some.NoToken));
        await Missing(async () => await Client.SummarizeAsync(new DataQuery(missing), Some.NoToken));
        await Missing(async () => await Read(new DataQuery(missing)));
        await Missing(async () => await Read(new DataQuery(missing) { I1 = 0, I2 = 0 }));
        await Missing(async () => await Client.AppendAsync(missing, Some.Numbers(1), false, Some.NoToken));
        await Missing(async () => await Client.UpdateStreamAsync(missing, new StreamDefinition { Nickname = "x" }, Some.NoToken));
        await Missing(async () => await Client.DeleteAsync(missing, Some.NoToken));
        await Missing(async () => await Some.Points(Client.MergeAsync([new DataQuery(missing)], Some.NoToken)));
    }

    [SkippableFact]
    public async Task Invalid_definitions_are_rejected()
    {
        await Assert.ThrowsAsync<InvalidSchemaException>(async () => await NewStream(new StreamDefinition { Schema = """{"type":5}""" }));
        await Assert.ThrowsAsync<InvalidValueException>(async () => await Client.CreateDeviceAsync(
            Client.Identity.Parent!.Child(NewName("d")), new DeviceDefinition { Icon = "fa:" + new string('x', 40) }, Some.NoToken));
        await Assert.ThrowsAsync<InvalidNameException>(async () => await Client.GetStreamAsync(Client.Identity, Some.NoToken));
    }

    [SkippableFact]
    public async Task The_key_of_another_device_logs_in_as_that_device()
    {
        CdbPath device = Client.Identity.Parent!.Child(NewName("d"));
        await Client.CreateDeviceAsync(device, new DeviceDefinition(), Some.NoToken);
        await using ICdbClient other = await Client.ActAsAsync(device, Some.NoToken);
        Assert.Equal(device, other.Identity);
        CdbPath stream = (await other.CreateStreamAsync(device.Child("s"), new StreamDefinition { Downlink = true }, Some.NoToken)).GetPath();

        Assert.Equal(new AppendResult(2, stream), await other.AppendAsync(stream, Some.Numbers(2), false, Some.NoToken));
        Assert.Equal(new AppendResult(3, stream.ToDownlink()), await Client.AppendAsync(stream, Some.Numbers(3), false, Some.NoToken));
        Assert.Equal((2, 3), (await Client.CountAsync(stream, Some.NoToken), await Client.CountAsync(stream.ToDownlink(), Some.NoToken)));

        List<Datapoint> asked = await Read(new DataQuery(stream.ToDownlink()));
        Assert.All(asked, point => Assert.Equal(Client.Identity.ToString(), point.Origin));
        Assert.All(await Read(new DataQuery(stream)), point => Assert.Null(point.Origin));
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await other.AppendAsync(stream.ToDownlink(), Some.Numbers(1, 10), false, Some.NoToken));

        await Client.DeleteAsync(stream.ToDownlink(), Some.NoToken);
        Assert.Equal((2, 0), (await Client.CountAsync(stream, Some.NoToken), await Client.CountAsync(stream.ToDownlink(), Some.NoToken)));
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await Client.AppendAsync(await OtherStream(other), Some.Numbers(1), false, Some.NoToken));
    }

    private static async Task<CdbPath> OtherStream(ICdbClient other)
        => (await other.CreateStreamAsync(other.Identity.Child(NewName("s")), new StreamDefinition(), Some.NoToken)).GetPath();

    private static Task<NotFoundException> Missing(Func<Task> action) => Assert.ThrowsAsync<NotFoundException>(action);
}
