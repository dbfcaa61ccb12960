# docs/examples/log-disk-space.ps1, which runs everywhere, and its registration with Task Scheduler, as far as that can be tried
# without changing this machine: the cmdlets of Windows are stood in for by functions with the same parameters.
BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $examples = "$PSScriptRoot/../../docs/examples"
    $run = @{ Path = "$TestDrive/disks.db"; LogFile = "$TestDrive/problems.log"; Module = $manifest }
}

AfterAll {
    Stop-CdbServer
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'log-disk-space.ps1' {
    It 'logs each disk and sends the waiting entries' {
        New-CdbLogger "$TestDrive/first.db" -Sink (New-CdbSink -JsonFile "$TestDrive/first.jsonl") | Stop-CdbLogger
        & "$examples/log-disk-space.ps1" -Path "$TestDrive/first.db" -Module $manifest
        $LASTEXITCODE | Should -Be 0
        $lines = Get-Content "$TestDrive/first.jsonl" | ConvertFrom-Json
        $lines.channel | Should -Match '^free_'
        $lines[0].d | Should -BeGreaterThan 0
    }

    It 'keeps unsent entries, gives the reason, and sends them in the next run' {
        $null = New-Item "$TestDrive/blocked" -ItemType Directory
        New-CdbLogger $run.Path -Sink (New-CdbSink -JsonFile "$TestDrive/blocked/a.jsonl") | Stop-CdbLogger
        $null = New-Item "$TestDrive/blocked/a.jsonl" -ItemType Directory
        & "$examples/log-disk-space.ps1" @run -WarningAction Ignore
        $LASTEXITCODE | Should -Be 1
        Get-Content $run.LogFile | Should -Match '^\d{4}-\d\d-\d\dT\S+ .*a\.jsonl'

        Remove-Item "$TestDrive/blocked/a.jsonl"
        & "$examples/log-disk-space.ps1" @run
        $LASTEXITCODE | Should -Be 0
        (Get-Content "$TestDrive/blocked/a.jsonl" | ConvertFrom-Json | Group-Object channel)[0].Count | Should -Be 2
    }

    It 'reports a logger that cannot be opened' {
        & "$examples/log-disk-space.ps1" -Path "$TestDrive/none/x/disks.db" -LogFile "$TestDrive/none.log" -Module "$TestDrive/no-module.psd1" -WarningAction Ignore
        $LASTEXITCODE | Should -Be 1
        Get-Content "$TestDrive/none.log" | Should -Match 'no-module'
    }

    It 'seals the key of the first run and deletes its file' {
        $device = New-CdbDevice disks
        $server = Start-CdbServer $store -Url http://127.0.0.1:0
        $device.ApiKey | Set-Content "$TestDrive/key.txt"
        $given = @{ Path = "$TestDrive/sealed.db"; Module = $manifest; Server = $server.Url; KeyFile = "$TestDrive/key.txt" }
        1..2 | ForEach-Object {
            & "$examples/log-disk-space.ps1" @given
            $LASTEXITCODE | Should -Be 0
        }

        "$TestDrive/key.txt" | Should -Not -Exist
        (Get-CdbStream 'disks/*')[0].Datapoints | Should -Be 2
    }

    It 'logs, and fails with a next step, <Case>' -ForEach @(
        @{ Case = 'with a server but no key'; Given = @{ Server = 'http://127.0.0.1:9' }; Message = "*no destination 'http://127.0.0.1:9', and no -KeyFile was given.*-KeyFile." }
        @{ Case = 'with a key file that does not exist'; Given = @{ Server = 'http://127.0.0.1:9'; KeyFile = 'nokey.txt' }; Message = "*key file 'nokey.txt' does not exist.*-KeyFile." }
        @{ Case = 'with a key file but no server'; Given = @{ KeyFile = 'nokey.txt' }; Message = "*key file 'nokey.txt' has no server.*-Server." }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        & "$examples/log-disk-space.ps1" -Path $path -Module $manifest @Given -WarningVariable warnings -WarningAction SilentlyContinue
        $LASTEXITCODE | Should -Be 1
        "$warnings" | Should -BeLike $Message
        $log = New-CdbLogger $path
        $log.Status.Cached | Should -BeGreaterThan 0
        Stop-CdbLogger $log
    }

    It 'rejects an empty key file, and keeps it' {
        $null = New-Item "$TestDrive/empty.txt"
        & "$examples/log-disk-space.ps1" -Path "$TestDrive/empty.db" -Module $manifest -Server http://127.0.0.1:9 -KeyFile "$TestDrive/empty.txt" -WarningVariable warnings -WarningAction SilentlyContinue
        $LASTEXITCODE | Should -Be 1
        "$warnings" | Should -BeLike '*empty.txt* is empty*'
        "$TestDrive/empty.txt" | Should -Exist
    }

    It 'reports entries that stay in the file without a destination' {
        & "$examples/log-disk-space.ps1" -Path "$TestDrive/local.db" -Module $manifest -LogFile "$TestDrive/local.log" -WarningVariable warnings -WarningAction SilentlyContinue
        $LASTEXITCODE | Should -Be 0
        "$warnings" | Should -BeLike "*has no destination: its entries stay in the file*"
        "$TestDrive/local.log" | Should -Not -Exist
    }

    It 'sends to a new server with a new key, and no longer to the old one' {
        foreach ($server in 'http://127.0.0.1:9', 'http://127.0.0.1:10') {
            Set-Content "$TestDrive/moved.txt" 'a key'
            & "$examples/log-disk-space.ps1" -Path "$TestDrive/moved.db" -Module $manifest -Server $server -KeyFile "$TestDrive/moved.txt" -WarningAction Ignore
            $LASTEXITCODE | Should -Be 1
        }

        $log = New-CdbLogger "$TestDrive/moved.db"
        $log.Status.Destinations.Location | Should -BeLike 'http://127.0.0.1:10*'
        Stop-CdbLogger $log
    }
}

Describe 'register-log-disk-space.ps1 without Task Scheduler' -Skip:$IsWindows {
    It 'reports that it requires Windows' {
        { & "$examples/register-log-disk-space.ps1" } | Should -Throw 'This script is for Windows*Linux*'
    }
}

# Windows runs a script that requires an administrator for nobody else.
Describe 'register-log-disk-space.ps1' -Skip:($IsWindows -and -not [Environment]::IsPrivilegedProcess) {
    BeforeAll {
        $folder = Join-Path $TestDrive 'a folder'
        # The parameters that the module ScheduledTasks has.
        function New-ScheduledTaskAction($Execute, $Argument, $WorkingDirectory, $Id) { $PSBoundParameters }
        function New-ScheduledTaskPrincipal {
            param($UserId, [ValidateSet('None', 'Password', 'S4U', 'Interactive', 'Group', 'ServiceAccount', 'InteractiveOrPassword')] $LogonType, [ValidateSet('Limited', 'Highest')] $RunLevel, $ProcessTokenSidType, $RequiredPrivilege, $Id)
            $PSBoundParameters
        }
        function New-ScheduledTaskTrigger([switch] $Once, [datetime] $At, $RandomDelay, $RepetitionDuration, [timespan] $RepetitionInterval) { $PSBoundParameters }
        function New-ScheduledTaskSettingsSet {
            param(
                [switch] $DisallowDemandStart, [switch] $DisallowHardTerminate, $Compatibility, $DeleteExpiredTaskAfter, [switch] $AllowStartIfOnBatteries,
                [switch] $Disable, [switch] $Hidden, [switch] $RunOnlyIfIdle, [switch] $StartWhenAvailable, [switch] $DontStopIfGoingOnBatteries, [switch] $WakeToRun,
                [timespan] $ExecutionTimeLimit, [ValidateSet('Parallel', 'Queue', 'IgnoreNew')] $MultipleInstances, $Priority, $RestartCount,
                $RestartInterval, [switch] $RunOnlyIfNetworkAvailable)
            $PSBoundParameters
        }
        function Register-ScheduledTask {
            [CmdletBinding()] param([switch] $Force, $TaskName, $TaskPath, $Action, $Trigger, $Settings, $Principal, $Description)
            $registered.Add([pscustomobject] $PSBoundParameters)
        }
        function Start-ScheduledTask($TaskName, $TaskPath) { $registered[-1] | Add-Member Started $true }
        function Get-ScheduledTask($TaskName, $TaskPath) { [pscustomobject]@{ State = 'Ready' } }
        # The run begins after the second query; until then, the result says that the task has not run yet.
        function Get-ScheduledTaskInfo($TaskName, $TaskPath) {
            $queries.Add($TaskName)
            $hasRun = $queries.Count -gt 2
            [pscustomobject]@{ TaskName = $TaskName; LastRunTime = $hasRun ? [datetime] '2026-01-02' : [datetime] '1999-11-30'; LastTaskResult = $hasRun ? 0 : 267011; NextRunTime = Get-Date }
        }
        # Access lists exist on Windows only, and only for accounts that exist.
        function New-TestFolder($Path) { $null = New-Item $Path -ItemType Directory -Force }
        if (-not $IsWindows) {
            function Unblock-File($Path) { }
        }

        function Register-Example([hashtable] $Given = @{}, [switch] $WithRights) {
            if (-not $WithRights) {
                # An alias comes before the function of the script.
                Set-Alias Initialize-PrivateFolder New-TestFolder
            }

            $Given.Folder ??= $folder
            & "$examples/register-log-disk-space.ps1" -Pwsh "$PSHOME" @Given
        }

    }

    BeforeEach {
        $registered = [Collections.Generic.List[object]]::new()
        $queries = [Collections.Generic.List[string]]::new()
    }

    It 'registers a task that repeats, catches up and stores no password, and runs it once' {
        $status = Register-Example @{ Account = 'HOUSE\ada'; Every = '00:05' }
        $status.LastTaskResult | Should -Be 0
        $task = $registered[0]
        $task.Started | Should -BeTrue
        $task.Principal.LogonType | Should -Be 'S4U'
        $task.Trigger.RepetitionInterval | Should -Be ([timespan] '00:05')
        $task.Settings.StartWhenAvailable | Should -BeTrue
        $task.Action.WorkingDirectory | Should -Be $folder
    }

    It 'runs the copy of the script with a correctly quoted command line' {
        Register-Example @{ Account = 'HOUSE\ada' }
        $line = $registered[0].Action.Argument
        $parts = [Management.Automation.PSParser]::Tokenize($line, [ref] $null).Content
        $file = $parts[[array]::IndexOf($parts, '-File') + 1]
        $file | Should -Exist
        $parameters = (Get-Command $file).Parameters.Keys
        $parts[([array]::IndexOf($parts, '-File') + 2)..($parts.Count - 1)] | Where-Object { $_ -like '-*' } | ForEach-Object { $_.Substring(1) | Should -BeIn $parameters }
    }

    It 'passes the key in a file, which the next registration keeps' {
        Register-Example @{ Account = 'HOUSE\ada'; Server = 'https://cdb.example.org'; ApiKey = ConvertTo-SecureString 'a key' -AsPlainText -Force }
        Get-Content "$folder/key.txt" | Should -Be 'a key'
        $registered[0].Action.Argument | Should -Not -Match 'a key'
        { Register-Example @{ Account = 'HOUSE\ada' } } | Should -Throw '*key.txt*-Server and -ApiKey again*'
        Remove-Item "$folder/key.txt"
    }

    It 'runs as <Account> with logon type <LogonType>' -ForEach @(
        @{ Account = 'LOCALSERVICE'; LogonType = 'ServiceAccount' }
        @{ Account = 'HOUSE\disks$'; LogonType = 'Password' }
    ) {
        Register-Example @{ Account = $Account }
        $registered[0].Principal.UserId | Should -Be $Account
        $registered[0].Principal.LogonType | Should -Be $LogonType
    }

    It 'rejects <Given> alone' -ForEach @(
        @{ Given = 'Server'; Value = 'https://cdb.example.org' }
        @{ Given = 'ApiKey'; Value = ConvertTo-SecureString 'a key' -AsPlainText -Force }
    ) {
        { Register-Example @{ $Given = $Value } } | Should -Throw 'Give -Server and -ApiKey together*'
        $registered | Should -BeNullOrEmpty
    }

    It 'grants the folder only to administrators and the account of the task' -Tag Windows {
        Register-Example -WithRights @{ Account = 'LOCALSERVICE' }
        $access = (Get-Acl $folder).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
        $access.IdentityReference.Value | Sort-Object -Unique | Should -Be 'S-1-5-18', 'S-1-5-19', 'S-1-5-32-544'
    }

    It 'rejects a folder that is a link' -Tag Windows {
        $null = New-Item "$TestDrive/target" -ItemType Directory
        $null = New-Item "$TestDrive/link" -ItemType Junction -Target "$TestDrive/target"
        { Register-Example -WithRights @{ Account = 'LOCALSERVICE'; Folder = "$TestDrive\link" } } | Should -Throw '*is a link*'
    }

    It 'rejects a folder of another account' -Tag Windows {
        $null = New-Item "$TestDrive/other" -ItemType Directory
        icacls.exe "$TestDrive\other" /setowner '*S-1-5-19' /q
        { Register-Example -WithRights @{ Account = 'LOCALSERVICE'; Folder = "$TestDrive\other" } } | Should -Throw '*belongs to another account*'
    }
}
