BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Add-CdbPollItem' {
    It 'adds to a poller that runs' {
        Add-CdbPollItem up system.uptime -Interval 1s
        (Get-CdbPollItem up).Interval | Should -Be ([timespan]::FromSeconds(1))
    }

    It 'adds to a file' {
        Add-CdbPollItem here net.ping 127.0.0.1 -Interval 1.5 -Timeout 1s -Tag @{ room = 'attic' } -Path $config
        (Get-CdbPollItem here -Path $config).Tags.room | Should -Be attic
    }

    It 'says which name is taken' {
        Add-CdbPollItem twice system.uptime -Interval 1m
        { Add-CdbPollItem twice system.uptime -Interval 1m } | Should -Throw -ErrorId 'NameTaken,*'
    }
}
