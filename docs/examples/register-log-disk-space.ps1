#Requires -Version 7.6
#Requires -RunAsAdministrator

<#
.SYNOPSIS
    Registers log-disk-space.ps1 as a scheduled task of Windows that runs whether anyone is logged on or not, without a stored password.
.DESCRIPTION
    Run it from an elevated PowerShell 7. It copies log-disk-space.ps1 into a folder that only administrators and the account of the
    task can open, registers the task, runs it once, and returns the result. Run it again to change settings.

    The account determines how the task gets its rights:

    you (the default)                     S4U: Windows stores no password. Network shares and other things that need your password
                                          cannot be used; a server that takes an API key can.
    LOCALSERVICE                          an account with few rights that every Windows has; the module has to be installed for all
                                          users (Install-PSResource ConnectorDb -Prerelease -Scope AllUsers).
    'DOMAIN\name$'                        a group managed service account, whose password the domain stores; install the module as above.
.PARAMETER Server
    The address of the ConnectorDB server to send to, with ApiKey. Without both, the logger keeps its destinations; a new one has
    none, and its entries stay in the file.
.PARAMETER ApiKey
    The key of this machine's device, with Server. It is in the folder until the first run has encrypted it in the logger.
.PARAMETER Folder
    The folder for the script, the logger and problems.log.
.PARAMETER Every
    The time between two runs.
.PARAMETER Pwsh
    PowerShell 7. Default: that of the MSI package, or the first in the path. PowerShell from the Microsoft Store cannot run for another account.
.EXAMPLE
    ./register-log-disk-space.ps1 -Server https://cdb.example.org -ApiKey (Read-Host Key -AsSecureString)
.EXAMPLE
    ./register-log-disk-space.ps1 -Account LOCALSERVICE -Every 01:00
#>
[CmdletBinding()]
param(
    [string] $Server,
    [securestring] $ApiKey,
    [string] $Account = "$env:USERDOMAIN\$env:USERNAME",
    [string] $Name = 'Log disk space',
    [string] $Folder = "$env:ProgramData\log-disk-space",
    [timespan] $Every = '00:10',
    [string] $Pwsh = "$env:ProgramFiles\PowerShell\7\pwsh.exe"
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Register-ScheduledTask -ErrorAction Ignore)) {
    throw 'This script is for Windows: it needs Task Scheduler. On Linux, use log-disk-space.service and log-disk-space.timer, see docs/scheduled-tasks.md.'
}

# The stored key is encrypted for the account of the task. Only the task can read it, and a new server has another one.
if ([bool] $Server -ne [bool] $ApiKey) {
    throw 'Give -Server and -ApiKey together: a key belongs to one server. Without both, the logger keeps its server and its key.'
}

if (-not (Test-Path $Pwsh)) {
    if ($PSBoundParameters.ContainsKey('Pwsh')) {
        throw "There is no PowerShell at '$Pwsh'. Give -Pwsh the path of pwsh.exe, or leave it out for that of the MSI package."
    }

    $Pwsh = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source
}

# In ProgramData every account can create folders, and files in those of others. So the folder is created with its rights in one step,
# and one that another account could control is refused. The numbers are SYSTEM, Administrators and LocalService, whose names differ
# between languages.
function Initialize-PrivateFolder([string] $Path, [string] $Account) {
    $system, $administrators = 'S-1-5-18', 'S-1-5-32-544'
    $user = if ($Account -eq 'LOCALSERVICE') { [Security.Principal.SecurityIdentifier] 'S-1-5-19' } else { [Security.Principal.NTAccount] $Account }
    $rights = [Security.AccessControl.DirectorySecurity]::new()
    $rights.SetAccessRuleProtection($true, $false)
    foreach ($grant in @(
            , @([Security.Principal.SecurityIdentifier] $system, 'FullControl')
            , @([Security.Principal.SecurityIdentifier] $administrators, 'FullControl')
            , @($user, 'Modify'))) {
        $rights.AddAccessRule([Security.AccessControl.FileSystemAccessRule]::new($grant[0], $grant[1], 'ContainerInherit, ObjectInherit', 'None', 'Allow'))
    }

    $directory = [IO.DirectoryInfo] $Path
    if (-not $directory.Exists) {
        [IO.FileSystemAclExtensions]::Create($directory, $rights)
        $directory.Refresh()
    }

    # Checked after the creation too: another account could have been faster.
    if ($directory.Attributes -band [IO.FileAttributes]::ReparsePoint) {
        throw "The folder '$Path' is a link. Remove it, or choose another one with -Folder."
    }

    $owner = [IO.FileSystemAclExtensions]::GetAccessControl($directory, 'Owner').GetOwner([Security.Principal.SecurityIdentifier]).Value
    if ($owner -notin $system, $administrators, [Security.Principal.WindowsIdentity]::GetCurrent().User.Value) {
        throw "The folder '$Path' belongs to another account ($owner), which could read the key and change the script. Check its contents, then take ownership: takeown.exe /f `"$Path`" /a /r. Or choose another one with -Folder."
    }

    [IO.FileSystemAclExtensions]::SetAccessControl($directory, $rights)
}

Initialize-PrivateFolder $Folder $Account

$script = Join-Path $Folder 'log-disk-space.ps1'
Copy-Item "$PSScriptRoot/log-disk-space.ps1" $script -Force
Unblock-File $script
$arguments = @(
    '-NoProfile', '-NonInteractive', '-File', "`"$script`""
    '-Path', "`"$(Join-Path $Folder 'disks.db')`""
    '-LogFile', "`"$(Join-Path $Folder 'problems.log')`""
)
$keyFile = Join-Path $Folder 'key.txt'
if (-not $ApiKey -and (Test-Path $keyFile)) {
    throw "No run has stored the key in '$keyFile' yet; problems.log beside it says why. Then give -Server and -ApiKey again, or delete the file for a local log."
}

if ($ApiKey) {
    Set-Content $keyFile (ConvertFrom-SecureString $ApiKey -AsPlainText)
    $arguments += '-Server', "`"$Server`"", '-KeyFile', "`"$keyFile`""
}

$logonType = switch -Wildcard ($Account) {
    'LOCALSERVICE' { 'ServiceAccount' }
    '*$' { 'Password' }             # a managed service account: Windows asks the domain for it
    default { 'S4U' }
}

$settings = @{
    # A run missed while the machine was off starts as soon as possible.
    StartWhenAvailable         = $true
    # Each run measures on time, even while an earlier one is still sending; they take turns sending.
    MultipleInstances          = 'Parallel'
    # A run that hangs is ended. Its entries are on disk.
    ExecutionTimeLimit         = New-TimeSpan -Minutes 30
    # Without these two, nothing is logged while a laptop is on battery.
    AllowStartIfOnBatteries    = $true
    DontStopIfGoingOnBatteries = $true
}
$task = @{
    TaskName    = $Name
    Description = 'Logs the free space of each disk and sends it to ConnectorDB.'
    Principal   = New-ScheduledTaskPrincipal -UserId $Account -LogonType $logonType -RunLevel Limited
    Action      = New-ScheduledTaskAction -Execute $Pwsh -Argument ($arguments -join ' ') -WorkingDirectory $Folder
    Trigger     = New-ScheduledTaskTrigger -Once -At (Get-Date).Date -RepetitionInterval $Every
    Settings    = New-ScheduledTaskSettingsSet @settings
}
$null = Register-ScheduledTask @task -Force

# Task Scheduler starts the run a moment later: until then the state is still Ready, and the time of the last run is the old one.
$last = (Get-ScheduledTaskInfo -TaskName $Name).LastRunTime
Start-ScheduledTask -TaskName $Name
$deadline = (Get-Date).AddSeconds(30)
do {
    Start-Sleep -Milliseconds 200
    $info = Get-ScheduledTaskInfo -TaskName $Name
    $hasStarted = $info.LastRunTime -ne $last
} while (($hasStarted -and (Get-ScheduledTask -TaskName $Name).State -in 'Queued', 'Running') -or (-not $hasStarted -and (Get-Date) -lt $deadline))

if (-not $hasStarted) {
    Write-Warning "The task '$Name' has not started within 30 seconds. Look for the reason in Task Scheduler."
}

Get-ScheduledTaskInfo -TaskName $Name | Select-Object TaskName, LastRunTime, LastTaskResult, NextRunTime
