using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace ConnectorDb.Pester.Tests.Mail;

/// <summary>A mail server on loopback, without encryption, that keeps the mails that it accepts.</summary>
internal sealed class MailServer : MessageStore, IAsyncDisposable
{
    private readonly TaskCompletionSource<int> _port = new();
    private readonly SmtpServer.SmtpServer _server;
    private readonly Task _running;

    public MailServer()
    {
        ServiceProvider services = new();
        services.Add((IMessageStore)this);
        EndpointListenerFactory listeners = new();
        listeners.EndpointStarted += (_, started) => _port.SetResult(((IPEndPoint)started.LocalEndPoint).Port);
        services.Add((IEndpointListenerFactory)listeners);
        _server = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0)).AllowUnsecureAuthentication()).Build(), services);
        _running = _server.StartAsync(CancellationToken.None);
    }

    /// <summary>The port on which it listens.</summary>
    public Task<int> Port => _port.Task;

    public ConcurrentQueue<MimeMessage> Mails { get; } = [];

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using MemoryStream mail = new(buffer.ToArray());
        Mails.Enqueue(await MimeMessage.LoadAsync(mail, cancellationToken));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        _server.Shutdown();
        await _running;
    }
}
