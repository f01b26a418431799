-- Mail to somebody who is removed goes too, unless somebody else reads it at the same address.

create index mail_recipient on mail (lower(to_address));
grant delete on mail to ksbd_platform;
