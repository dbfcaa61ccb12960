#Requires -Version 7.6

<#
.SYNOPSIS
    Mails a chart of streams over the last day. A scheduler repeats the script.
.DESCRIPTION
    The mail has the chart as an attachment, and the figures of each stream as text. Any failure is an error, so that pwsh ends with
    exit code 1; otherwise the mail server has accepted the mail.

    The streams are those of the open connection: call Connect-Cdb first. Without a connection they are those of your own store.

    A picture as PNG needs the module ConnectorDb.Png: Install-PSResource ConnectorDb.Png -Prerelease. With -Format
    svg or html it is not needed, but many mail programs show PNG only.

    Mail needs MailKit, because Send-MailMessage of PowerShell is obsolete. MailKit is a package of NuGet and not of the PowerShell
    Gallery. Save it and the two packages that it needs once, in the folder of this script:

        Register-PSResourceRepository -Name NuGet -Uri $address  # The address of NuGet's index, from its documentation.
        New-Item lib -ItemType Directory
        Save-PSResource MailKit, MimeKit, BouncyCastle.Cryptography -Repository NuGet -Path lib -SkipDependencyCheck -TrustRepository
.PARAMETER Stream
    The streams. Wildcards are allowed.
.PARAMETER To
    The addresses of the recipients.
.PARAMETER From
    The address of the sender. Default: the first recipient.
.PARAMETER Server
    The mail server.
.PARAMETER Port
    587 or 25, where encryption begins after the connection if the server can encrypt, or 465, which is always encrypted.
.PARAMETER Credential
    The login of the mail server. It is sent over an encrypted connection only.
.PARAMETER Subject
    The subject of the mail, and the title of the chart.
.PARAMETER Format
    The format of the chart.
.PARAMETER LogFile
    A file for errors; Task Scheduler keeps no output.
.PARAMETER Library
    The folder with the packages of MailKit.
.EXAMPLE
    ./mail-chart.ps1 temperature, rain -To ada@example.org -Server mail.example.org -Credential (Get-Secret mail)
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)] [string[]] $Stream,
    [Parameter(Mandatory)] [string[]] $To,
    [string] $From = $To[0],
    [Parameter(Mandatory)] [string] $Server,
    [int] $Port = 587,
    [pscredential] $Credential,
    [string] $Subject = 'The last day',
    [ValidateSet('png', 'svg', 'html')] [string] $Format = 'png',
    [string] $LogFile,
    [string] $Library = (Join-Path $PSScriptRoot 'lib')
)

$ErrorActionPreference = 'Stop'
trap {
    if ($LogFile) {
        Add-Content $LogFile "$(Get-Date -Format s) $_"
    }

    break
}

# A package has an assembly for each version of .NET.
foreach ($name in 'BouncyCastle.Cryptography', 'MimeKit', 'MailKit') {
    $assembly = Get-ChildItem $Library -Recurse -Filter "$name.dll" -ErrorAction Ignore |
        Where-Object { $_.Directory.Name -match '^net\d+\.\d+$' } |
        Sort-Object { [version] $_.Directory.Name.Substring(3) } |
        Select-Object -Last 1
    if (-not $assembly) {
        throw "The folder '$Library' has no $name.dll, which mail needs. Get-Help $PSCommandPath shows how to save it there, or give its folder as -Library."
    }

    Add-Type -Path $assembly.FullName
}

if (-not (Get-Command Connect-Cdb -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../../ConnectorDb.psd1"
}

if (-not (Get-CdbConnection)) {
    $null = Connect-Cdb
}

$now = Get-Date
$day = @{ Stream = $Stream; From = $now.AddDays(-1); To = $now }
$body = [MimeKit.BodyBuilder]::new()
$body.TextBody = Measure-CdbStream @day | Out-String -Width 200
$file = Join-Path ([IO.Path]::GetTempPath()) "$([guid]::NewGuid()).$Format"
try {
    Export-CdbChart $file @day -Title $Subject
    $null = $body.Attachments.Add("chart.$Format", [IO.File]::ReadAllBytes($file))
}
finally {
    Remove-Item $file -ErrorAction Ignore
}

$mail = [MimeKit.MimeMessage]::new()
$mail.From.Add([MimeKit.MailboxAddress]::Parse($From))
$To | ForEach-Object { $mail.To.Add([MimeKit.MailboxAddress]::Parse($_)) }
$mail.Subject = $Subject
$mail.Body = $body.ToMessageBody()

[MailKit.Security.SecureSocketOptions] $security = if ($Port -eq 465) { 'SslOnConnect' } elseif ($Credential) { 'StartTls' } else { 'StartTlsWhenAvailable' }
$client = [MailKit.Net.Smtp.SmtpClient]::new()
try {
    $client.Connect($Server, $Port, $security)
    if ($Credential) {
        $client.Authenticate($Credential.GetNetworkCredential())
    }

    $null = $client.Send($mail)
    $client.Disconnect($true)
}
catch {
    throw "The mail was not sent by '$Server', port $($Port): $($_.Exception.GetBaseException().Message)"
}
finally {
    $client.Dispose()
}
