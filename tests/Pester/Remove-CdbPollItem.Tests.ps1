BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Remove-CdbPollItem' {
    It 'removes from a poller and from a file' {
        Add-CdbPollItem up system.uptime -Interval 1m
        Get-CdbPollItem up | Remove-CdbPollItem -Confirm:$false
        Get-CdbPollItem * | Should -BeNullOrEmpty
        Add-CdbPollItem up system.uptime -Interval 1m -Path $config
        Remove-CdbPollItem up -Path $config -Confirm:$false
        Get-CdbPollItem -Path $config | Should -BeNullOrEmpty
    }

    It 'reports an item that does not exist' {
        { Remove-CdbPollItem nothing -Confirm:$false } | Should -Throw -ErrorId 'NotFound,*'
    }
}
